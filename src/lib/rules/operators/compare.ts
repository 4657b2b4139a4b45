import { familyOf, type Family, type FieldType } from '$lib/fields/field';
import type { Comparable } from '$lib/fields/value';
import type { Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Phrase } from '../phrase';
import { askedHolds, askedSql, counts } from './comparison';
import { operatorsOf, type Comparison } from './families';
import { otherFieldOf } from './operand';
import type { OperatorInfo, Say, Sibling } from './operator';

/** Whether a comparison holds for a value as it is compared; never null. */
export const compareSql = (
	comparison: Comparison,
	value: Sql,
	moment: Moment,
	sibling: Sibling<Sql>
): Sql => askedSql(operatorsOf(comparison.of), comparison, value, moment, sibling);

/** The same about one value, in plain TypeScript. `undefined` is missing. */
export const compareHolds = (
	comparison: Comparison,
	value: Comparable | undefined,
	moment: Moment,
	sibling: Sibling<Comparable | undefined>
): boolean => askedHolds(operatorsOf(comparison.of), comparison, value, moment, sibling);

export const explainComparison = ({ of, test }: Comparison, say: Say): Phrase =>
	operatorsOf(of).explain(test, say);

/** Operators that are themselves about values being there or not: `missing` beside them is a contradiction. */
const aboutMissing: ReadonlySet<string> = new Set([
	'hasValue',
	'hasNoValue',
	'isNotTrue',
	'isNotFalse',
	...counts
]);

export const takesMissing = (operator: string): boolean => !aboutMissing.has(operator);

/** A comparison with what a path leads to, where it is not with the whole value. */
type PathComparison = Comparison & { readonly path?: string | undefined };

/** Why a comparison does not fit what it is about: a field, or a property of an event. In sentences. */
export function comparisonProblems(
	comparison: PathComparison,
	about: { readonly name: string; readonly type: FieldType }
): readonly string[] {
	const { of, path } = comparison;
	if (path !== undefined && about.type !== 'json')
		return [`${about.name} is a ${about.type}, and has no parts that a path leads to.`];
	if (!comparedAs(about.type, path).includes(of))
		return about.type === 'json' && of !== 'select'
			? [`Choose what in ${about.name} is compared.`]
			: [`${about.name} is now a ${about.type}; choose what to compare it with again.`];
	const items = comparison.of === 'json' && 'where' in comparison.test && comparison.test.where;
	return [
		...operatorProblems(comparison, about),
		...(items || []).flatMap((filter) =>
			operatorProblems(filter, { name: filter.path ?? 'an item', type: 'json' })
		)
	];
}

function operatorProblems(
	{ of, test, missing }: Comparison,
	about: { readonly name: string; readonly type: FieldType }
): readonly string[] {
	const info = operatorsOf(of).info as Record<string, OperatorInfo | undefined>;
	const { label, only } = info[test.operator] ?? {};
	if (only && !only.includes(about.type)) return [`“${label}” is not for ${about.name}.`];
	if (missing && !takesMissing(test.operator))
		return [`“${label}” already says what becomes of missing values.`];
	return [];
}

/** The families that a value of this type, or what a path leads to in it, can be compared as. */
export function comparedAs(type: FieldType, path: string | undefined): readonly Family[] {
	if (type !== 'json') return [familyOf(type)];
	return path === undefined
		? ['json', 'multiselect']
		: ['text', 'number', 'boolean', 'date', 'datetime', 'multiselect', 'json'];
}

/** The test that holds where this one does not, if the family has an operator for it. */
export function partnerOf({ of, test }: Comparison): unknown {
	const info = operatorsOf(of).info as Record<string, OperatorInfo | undefined>;
	const partner = info[test.operator]?.partner;
	return partner && { ...test, operator: partner };
}
