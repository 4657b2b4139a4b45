import type * as z from 'zod/mini';
import type { Comparable } from '$lib/fields/value';
import type { Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { listed, value as chosen, type Phrase } from '../phrase';
import { isFieldOperand, type FieldOperand } from './operand';
import type { presence } from './presence';

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

/** Those of the tests `T` whose operator is one of `O`. */
export type TestWith<T extends Test, O extends string> = T extends Test
	? [Extract<T['operator'], O>] extends [never]
		? never
		: Omit<T, 'operator'> & { readonly operator: Extract<T['operator'], O> }
	: never;

/** The tests that are asked of a value: all but the negative ones, whose operators are `N`, and those of presence. */
export type Positive<T extends Test, N extends string> = TestWith<
	T,
	Exclude<T['operator'], N | keyof typeof presence>
>;

/** The operators that are only another one turned round, each with that other one. */
export type Negatives = Readonly<Record<string, string>>;

/** The positive test that `test` is the complement of, if it is a negative one. */
export function positiveOf<T extends Test, P extends T>(
	test: T,
	negatives: Negatives
): P | undefined {
	const operator = negatives[test.operator];
	// An operator and its opposite take the same, which the schema says and no type can.
	return operator === undefined ? undefined : ({ ...test, operator } as unknown as P);
}

/**
 * The operators of one family of types. Only positive operators have SQL and a predicate, and neither is asked about
 * a missing value; a negative operator is its positive one, turned round (`compare.ts`). `P` are the positive tests:
 * one that `sql` or `holds` forgets does not type-check.
 */
export interface Operators<T extends Test, P extends T = T> {
	readonly schema: z.ZodMiniType<T>;
	readonly info: { readonly [K in T['operator']]: OperatorInfo };
	/** The positive test that this one is the complement of, if it is a negative one. */
	complementOf(test: T): P | undefined;
	/**
	 * Whether `value` passes a positive test: true, false or null, and null only where a value is missing.
	 * `sibling` gives another field's value, for tests that compare with one.
	 */
	sql(test: P, value: Sql, moment: Moment, sibling: Sibling<Sql>): Sql;
	/** The same about one value, in plain TypeScript. */
	holds(
		test: P,
		value: Comparable,
		moment: Moment,
		sibling: Sibling<Comparable | undefined>
	): boolean;
	/** The words after the subject: "is any of Switzerland or Germany". */
	explain(test: T, say: Say): Phrase;
}

/** "is Switzerland", "≥ Limit": an operator and the one thing it compares with. */
export const explainValue = (
	label: string,
	operand: string | number | FieldOperand,
	say: Say
): Phrase => [
	`${label} `,
	chosen(isFieldOperand(operand) ? say.field(operand.field) : say.value(operand))
];

/** "is any of Switzerland or Germany": an operator and the several things it compares with; of a single one "is". */
export const explainValues = (
	label: string,
	values: readonly (string | number)[],
	word: 'or' | 'and',
	say: Say
): Phrase => [
	`${values.length === 1 ? labelOfOne(label) : label} `,
	...listed(values.map(say.value), word)
];

const ofOne: Readonly<Record<string, string>> = {
	'is any of': 'is',
	'contains any of': 'contains',
	'contains none of': 'does not contain',
	'domain is any of': 'domain is',
	'domain is none of': 'domain is not',
	'includes any of': 'includes',
	'includes all of': 'includes',
	'includes none of': 'does not include',
	'does not include all of': 'does not include'
};

/** What an operator that takes several values is called while it has one. */
export const labelOfOne = (label: string): string => ofOne[label] ?? label;
