import * as z from 'zod/mini';
import { familyOf, isConsent, type Family, type Field } from '$lib/fields/field';
import { Path } from '$lib/fields/path';
import { comparable, comparableAt } from '$lib/fields/value';
import { sayOf } from '$lib/fields/say';
import { sql } from '$lib/sql';
import {
	compareHolds,
	compareSql,
	comparisonProblems,
	explainComparison,
	partnerOf
} from '../../operators/compare';
import { missingWords } from '../../operators/comparison';
import { Comparison } from '../../operators/families';
import { otherFieldOf } from '../../operators/operand';
import { explainAs } from '../../operators/presence';
import { name, pathName } from '../../phrase';
import { fieldSql } from '../../stored';
import { defineKind, type Compiled } from '../kind';

export const FieldCondition = z.intersection(
	z.object({
		kind: z.literal('field'),
		field: z.string().check(z.minLength(1)),
		/** Where in a JSON value what is compared is; without one the whole is. */
		path: z.optional(Path)
	}),
	Comparison
);
export type FieldCondition = z.infer<typeof FieldCondition>;

export const field = defineKind<FieldCondition, Compiled<FieldCondition>>({
	kind: 'field',
	definition: 'A field of the contact, compared with a value or with another field.',
	sign: ({ field }) => (isConsent(String(field)) ? 'consent' : 'field'),
	schema: FieldCondition,
	reads: ['contact'],

	references(condition) {
		const other = otherFieldOf(condition.test);
		return (other ? [condition.field, other] : [condition.field]).map((id) => ({
			type: 'field',
			id
		}));
	},

	problems(condition, { fields }) {
		const field = fields.get(condition.field);
		const other = fields.get(otherFieldOf(condition.test) ?? '');
		return [
			...(field ? comparisonProblems(condition, field) : []),
			...(other && (familyOf(other.type) !== condition.of || field?.type === 'json')
				? [`${other.name} is of another type, so the two cannot be compared.`]
				: [])
		];
	},

	compile(condition, moment) {
		const { field, of, path } = condition;
		const holds = compareSql(condition, fieldSql(field, of, path), moment, (other) =>
			fieldSql(other, of)
		);
		const select = sql`select cno from contact where ${holds}`;
		const known = indexed.has(field) ? {} : { where: holds };
		return { select, negated: false, ...known };
	},

	holds(condition, person, moment) {
		const { field, of, path } = condition;
		return compareHolds(condition, comparableAt(person.fields[field], path, of), moment, (other) =>
			comparable(person.fields[other], of)
		);
	},

	explain(condition, { fields }) {
		const field = fields.get(condition.field);
		return [
			name(pathName(field?.name ?? 'a deleted field', condition.path)),
			...(condition.path === undefined ? [] : explainAs(condition)),
			' ',
			...explainComparison(condition, sayOf(field, fields)),
			...missingWords(condition)
		];
	},

	choices: ({ fields }) =>
		[...fields.values()].map((field) => ({
			label: field.name,
			group: 'Fields',
			condition: startOf(field)
		})),

	opposite(condition) {
		const test = partnerOf(condition);
		// Turning the operator round also turns what becomes of missing values.
		const missing = condition.missing === 'include' ? 'exclude' : 'include';
		return test
			? FieldCondition.parse({ ...condition, test, ...(condition.missing ? { missing } : {}) })
			: undefined;
	},

	ofOneValue(condition) {
		const { field, path, of } = condition;
		// A part of a JSON value is one thing as a text and another as a number.
		const about =
			path === undefined ? aboutField(field) : `${aboutField(field)} at ${path} as ${of}`;
		return { about, comparison: condition };
	}
});

/** What conditions on one field's present value are about, whatever their kind. */
export const aboutField = (id: string): string => `field ${id}`;

/** Fields of which an index answers what is asked, most of the time. */
const indexed: ReadonlySet<string> = new Set(['email', 'country', 'email_consent']);

/** What a new condition starts with: the operator people mean most often. */
export const firstOperator: Record<Family, string> = {
	text: 'isAnyOf',
	number: 'atLeast',
	boolean: 'isTrue',
	date: 'inLast',
	datetime: 'inLast',
	select: 'isAnyOf',
	multiselect: 'includesAny',
	json: 'hasValue'
};

/** A condition on a field, still to be filled in. */
export const startOf = ({ id, type }: Pick<Field, 'id' | 'type'>) => ({
	kind: 'field',
	field: id,
	of: familyOf(type),
	test: { operator: firstOperator[familyOf(type)] }
});
