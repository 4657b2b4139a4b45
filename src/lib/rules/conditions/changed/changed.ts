import * as z from 'zod/mini';
import { comparisonProblems } from '../../operators/compare';
import { Comparison } from '../../operators/families';
import { otherFieldOf } from '../../operators/operand';
import { units } from '../../operators/time';
import { Window } from '../../operators/window';
import { defineKind, type Compiled } from '../kind';
import { becameSo, becameSoSql } from './log';
import { explainChanged } from './words';

const FieldId = z.string().check(z.minLength(1, { error: 'Choose a field.' }));

/** A value that is compared with what a person chose: what another field was at the time is not asked. */
const Value = Comparison.check(
	z.refine(({ test }) => otherFieldOf(test) === undefined, { error: 'Compare with a value.' })
);

const asked = { kind: z.literal('changed'), field: FieldId, did: z.boolean() };

export const ChangedCondition = z.discriminatedUnion('what', [
	/** It changed, from such a value, to such a value; without a window up to now. */
	z.object({
		...asked,
		what: z.literal('changed'),
		from: z.optional(Value),
		to: z.optional(Value),
		window: z.optional(Window)
	}),
	/** It is so now, or was so before or after any change up to now. */
	z.object({ ...asked, what: z.literal('was'), value: Value }),
	/** It is so now, and has not been otherwise since then; nor is the contact any younger. */
	z.object({
		...asked,
		what: z.literal('hasBeen'),
		value: Value,
		n: z
			.int({ error: 'Type a whole number.' })
			.check(z.gte(1, { error: 'Type a number of 1 or more.' }), z.lte(10_000)),
		unit: z.enum(units)
	})
]);
export type ChangedCondition = z.infer<typeof ChangedCondition>;

/**
 * What became of a field, by the log of its changes. What a contact began with is no change; of before the log there is
 * nothing known, and so it counts as having been what the first change found.
 */
export const changed = defineKind<ChangedCondition, Compiled<ChangedCondition>>({
	kind: 'changed',
	definition: 'A field changed, was ever something, or has been so for at least so long.',
	sign: () => 'field',
	schema: ChangedCondition,
	// A change is logged by the statement that writes the contact.
	reads: ['contact'],
	references: ({ field }) => [{ type: 'field', id: field }],

	problems(condition, { fields }) {
		const field = fields.get(condition.field);
		const problems = valuesOf(condition).flatMap((value) =>
			field ? comparisonProblems(value, field) : []
		);
		return [...new Set(problems)];
	},

	compile: (condition, moment) => ({
		select: becameSoSql(condition, moment),
		negated: !condition.did
	}),
	holds: (condition, person, moment) => becameSo(condition, person, moment) === condition.did,

	explain: explainChanged,

	choices: () => [
		{
			label: 'A field changed',
			group: 'Did or did not',
			aliases: ['changed', 'became', 'was updated', 'moved from to'],
			condition: { kind: 'changed', field: '', did: true, what: 'changed' }
		},
		{
			label: 'A field was ever',
			group: 'Did or did not',
			aliases: ['previously', 'at any time', 'history', 'used to be'],
			condition: { kind: 'changed', field: '', did: true, what: 'was' }
		},
		{
			label: 'A field has been so for at least',
			group: 'Did or did not',
			aliases: ['for at least', 'unchanged since', 'stuck'],
			condition: { kind: 'changed', field: '', did: true, what: 'hasBeen', n: 30, unit: 'day' }
		}
	],

	opposite: (condition) => ({ ...condition, did: !condition.did }),

	times: (condition) =>
		condition.what === 'hasBeen'
			? [{ family: 'datetime', test: { operator: 'inLast', n: condition.n, unit: condition.unit } }]
			: []
});

function valuesOf(condition: ChangedCondition): readonly Comparison[] {
	if (condition.what !== 'changed') return [condition.value];
	return [condition.from, condition.to].flatMap((value) => value ?? []);
}
