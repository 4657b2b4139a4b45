import * as z from 'zod/mini';
import type { Family } from '$lib/fields/field';
import { boolean } from './boolean';
import { comparisonOf } from './comparison';
import { date } from './date';
import { datetime } from './datetime';
import { json } from './json';
import { multiselect } from './multiselect';
import { number } from './number';
import type { OperatorInfo, Operators } from './operator';
import { select } from './select';
import { text } from './text';

/** The operators of every family of types. */
export const families = {
	text,
	number,
	boolean,
	date,
	datetime,
	select,
	multiselect,
	json
} as const;

/** A test of any family, and what it says about missing values. */
export const Comparison = z.discriminatedUnion('of', [
	comparisonOf('text', text.schema),
	comparisonOf('number', number.schema),
	comparisonOf('boolean', boolean.schema),
	comparisonOf('date', date.schema),
	comparisonOf('datetime', datetime.schema),
	comparisonOf('select', select.schema),
	comparisonOf('multiselect', multiselect.schema),
	comparisonOf('json', json.schema)
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
