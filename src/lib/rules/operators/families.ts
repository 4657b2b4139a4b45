import * as z from 'zod/mini';
import type { Family } from '$lib/fields/field';
import { boolean } from './boolean';
import { date } from './date';
import { datetime } from './datetime';
import { multiselect } from './multiselect';
import { number } from './number';
import type { OperatorInfo, Operators } from './operator';
import { select } from './select';
import { text } from './text';

/** The operators of every family of types. */
export const families = { text, number, boolean, date, datetime, select, multiselect } as const;

/** What becomes of contacts without a value, where that is not left to the operator. */
export const Missing = z.enum(['include', 'exclude']);

/** A test names the family it was written for, so that a field whose type changed is noticed and not misread. */
const test = <F extends Family, T>(of: F, schema: z.ZodMiniType<T>) =>
	z.object({ of: z.literal(of), test: schema, missing: z.optional(Missing) });

/** A test and what it says about missing values: what a field condition and a property filter have in common. */
export const Comparison = z.discriminatedUnion('of', [
	test('text', text.schema),
	test('number', number.schema),
	test('boolean', boolean.schema),
	test('date', date.schema),
	test('datetime', datetime.schema),
	test('select', select.schema),
	test('multiselect', multiselect.schema)
]);
export type Comparison = z.infer<typeof Comparison>;
export type AnyTest = Comparison['test'];

/** The one cast about families: TypeScript cannot tie a looked-up family to its own test. */
export const operatorsOf = (family: Family): Operators<AnyTest> =>
	families[family] as unknown as Operators<AnyTest>;

/** What the editor offers for a field of this type, in order. */
export function operatorInfos(family: Family, type: string): readonly [string, OperatorInfo][] {
	return Object.entries<OperatorInfo>(families[family].info).filter(
		([, info]) => !info.only || info.only.includes(type)
	);
}
