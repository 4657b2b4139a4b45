import type * as z from 'zod/mini';
import type { Comparable } from '$lib/fields/value';
import type { Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Phrase } from '../phrase';

/** What the editor shows of an operator. */
export interface OperatorInfo {
	/** As it stands in a sentence: "is any of". */
	readonly label: string;
	/** One line for the picker. */
	readonly definition: string;
	/** What other tools call it; found by the search box. */
	readonly aliases?: readonly string[];
	/** The operator that holds for exactly the contacts this one does not hold for. */
	readonly partner?: string;
	/** Field types it is for, where that is not the whole family. */
	readonly only?: readonly string[];
}

/** How a stored value is said (an option by its name, a country in words), and what another field is called. */
export interface Say {
	value(value: string | number): string;
	field(id: string): string;
}

/** The value of another field of the same contact, of the same family. */
export type Sibling<T> = (field: string) => T;

interface Test {
	readonly operator: string;
}

/**
 * The operators of one family of types. Only positive operators have SQL and a predicate, and neither is asked about
 * a missing value; a negative operator is its positive one, turned round (`compare.ts`).
 */
export interface Operators<T extends Test> {
	readonly schema: z.ZodMiniType<T>;
	readonly info: { readonly [K in T['operator']]: OperatorInfo };
	/** The positive test that this one is the complement of, if it is a negative one. */
	complementOf(test: T): T | undefined;
	/**
	 * Whether `value` passes a positive test: true, false or null, and null only where a value is missing.
	 * `sibling` gives another field's value, for tests that compare with one.
	 */
	sql(test: T, value: Sql, moment: Moment, sibling: Sibling<Sql>): Sql;
	/** The same about one value, in plain TypeScript. */
	holds(
		test: T,
		value: Comparable,
		moment: Moment,
		sibling: Sibling<Comparable | undefined>
	): boolean;
	/** The words after the subject: "is any of Switzerland or Germany". */
	explain(test: T, say: Say): Phrase;
}
