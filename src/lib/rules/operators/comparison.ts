import * as z from 'zod/mini';
import type { Family } from '$lib/fields/field';
import type { Comparable } from '$lib/fields/value';
import { sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Phrase } from '../phrase';
import { otherFieldOf } from './operand';
import type { Operators, Sibling } from './operator';

/** What becomes of contacts without a value, where that is not left to the operator. */
export const Missing = z.enum(['include', 'exclude']);

/**
 * A test and what it says about missing values: what a field condition and a property filter have in common. It names
 * the family it was written for, so that a field whose type changed is noticed and not misread.
 */
export const comparisonOf = <F extends Family, T>(of: F, test: z.ZodMiniType<T>) =>
	z.object({ of: z.literal(of), test, missing: z.optional(Missing) });

/** What a comparison says about missing values beside its operator: " (or no value)". */
export const missingWords = ({ missing }: Pick<Asked<unknown>, 'missing'>): Phrase =>
	missing === undefined ? [] : [missing === 'include' ? ' (or no value)' : ' (only with a value)'];

interface Asked<T> {
	readonly test: T;
	readonly missing?: z.infer<typeof Missing> | undefined;
}

/** How many there are is a number even where there is nothing. */
export const counts: ReadonlySet<string> = new Set(['count', 'itemCount']);

/** Where nothing is compared with another field, which the schemas see to. */
export const noSibling = (): never => {
	throw new Error('only a field is compared with another');
};

/**
 * Whether a comparison holds: true or false, never null. Positive operators leave missing values out and negative
 * ones, being exact complements, take them in, unless `missing` says otherwise.
 */
export function askedSql<T extends { readonly operator: string }>(
	operators: Operators<T>,
	{ test, missing }: Asked<T>,
	value: Sql,
	moment: Moment,
	sibling: Sibling<Sql>
): Sql {
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
		if (counts.has(test.operator)) return holds;
		// `coalesce` would say the same, and keep every index out of it.
		return missing === 'include' ? sql`(${absent} or ${holds})` : sql`(${present} and ${holds})`;
	}
	const fails = sql`(${operators.sql(positive, value, moment, sibling)}) is not true`;
	return missing === 'exclude' ? sql`(${present} and ${fails})` : fails;
}

/** The same about one value, in plain TypeScript. `undefined` is missing. */
export function askedHolds<T extends { readonly operator: string }>(
	operators: Operators<T>,
	{ test, missing }: Asked<T>,
	value: Comparable | undefined,
	moment: Moment,
	sibling: Sibling<Comparable | undefined>
): boolean {
	if (test.operator === 'hasValue') return value !== undefined;
	if (test.operator === 'hasNoValue') return value === undefined;
	if (counts.has(test.operator)) return operators.holds(test, value ?? [], moment, sibling);

	const other = otherFieldOf(test);
	const positive = operators.complementOf(test);
	if (value === undefined || (other && sibling(other) === undefined))
		return missing === undefined ? positive !== undefined : missing === 'include';
	return positive
		? !operators.holds(positive, value, moment, sibling)
		: operators.holds(test, value, moment, sibling);
}
