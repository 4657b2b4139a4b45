import { familyOf, type FieldType } from '$lib/fields/field';
import type { Comparable } from '$lib/fields/value';
import { sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Phrase } from '../phrase';
import { operatorsOf, type AnyTest, type Comparison } from './families';
import { isFieldOperand } from './operand';
import type { OperatorInfo, Say, Sibling } from './operator';

/**
 * Whether a comparison holds: true or false, never null. Positive operators leave missing values out and negative
 * ones, being exact complements, take them in, unless `missing` says otherwise.
 */
export function compareSql(
	comparison: Comparison,
	value: Sql,
	moment: Moment,
	sibling: Sibling<Sql>
): Sql {
	const { of, test, missing } = comparison;
	const operators = operatorsOf(of);
	if (test.operator === 'hasValue') return sql`${value} is not null`;
	if (test.operator === 'hasNoValue') return sql`${value} is null`;

	const other = otherFieldOf(test);
	const [absent, present] = other
		? [
				sql`(${value} is null or ${sibling(other)} is null)`,
				sql`${value} is not null and ${sibling(other)} is not null`
			]
		: [sql`${value} is null`, sql`${value} is not null`];
	const positive = operators.complementOf(test);
	if (!positive) {
		const holds = operators.sql(test, value, moment, sibling);
		if (test.operator === 'count') return holds; // how many are chosen is a number even where nothing is
		// `coalesce` would say the same, and keep every index out of it.
		return missing === 'include' ? sql`(${absent} or ${holds})` : sql`(${present} and ${holds})`;
	}
	const fails = sql`(${operators.sql(positive, value, moment, sibling)}) is not true`;
	return missing === 'exclude' ? sql`(${present} and ${fails})` : fails;
}

/** The same about one value, in plain TypeScript. `undefined` is missing. */
export function compareHolds(
	comparison: Comparison,
	value: Comparable | undefined,
	moment: Moment,
	sibling: Sibling<Comparable | undefined>
): boolean {
	const { of, test, missing } = comparison;
	const operators = operatorsOf(of);
	if (test.operator === 'hasValue') return value !== undefined;
	if (test.operator === 'hasNoValue') return value === undefined;
	if (test.operator === 'count') return operators.holds(test, value ?? [], moment, sibling);

	const other = otherFieldOf(test);
	const positive = operators.complementOf(test);
	if (value === undefined || (other && sibling(other) === undefined))
		return missing === undefined ? positive !== undefined : missing === 'include';
	return positive
		? !operators.holds(positive, value, moment, sibling)
		: operators.holds(test, value, moment, sibling);
}

export const explainComparison = ({ of, test }: Comparison, say: Say): Phrase =>
	operatorsOf(of).explain(test, say);

/** Operators that are themselves about values being there or not: `missing` beside them is a contradiction. */
const aboutMissing: ReadonlySet<string> = new Set([
	'hasValue',
	'hasNoValue',
	'isNotTrue',
	'isNotFalse',
	'count'
]);

export const takesMissing = (operator: string): boolean => !aboutMissing.has(operator);

/** The field a test compares with, where it is not a value. */
export const otherFieldOf = (test: AnyTest): string | undefined =>
	'value' in test && isFieldOperand(test.value) ? test.value.field : undefined;

/** Why a comparison does not fit what it is about: a field, or a property of an event. In sentences. */
export function comparisonProblems(
	{ of, test, missing }: Comparison,
	about: { readonly name: string; readonly type: FieldType }
): readonly string[] {
	if (familyOf(about.type) !== of)
		return [`${about.name} is now a ${about.type}; choose what to compare it with again.`];
	const info = operatorsOf(of).info as Record<string, OperatorInfo | undefined>;
	const only = info[test.operator]?.only;
	if (only && !only.includes(about.type))
		return [`“${info[test.operator]?.label}” is not for ${about.name}.`];
	if (missing && !takesMissing(test.operator))
		return [`“${info[test.operator]?.label}” already says what becomes of missing values.`];
	return [];
}

/** The test that holds where this one does not, if the family has an operator for it. */
export function partnerOf({ of, test }: Comparison): unknown {
	const info = operatorsOf(of).info as Record<string, OperatorInfo | undefined>;
	const partner = info[test.operator]?.partner;
	return partner && { ...test, operator: partner };
}
