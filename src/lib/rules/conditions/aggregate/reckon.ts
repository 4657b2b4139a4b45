import { sql, type Sql } from '$lib/sql';
import type { Comparable } from '$lib/fields/value';
import type { AggregateCondition } from './condition';

/** Sums and averages count in millionths, as whole numbers, so that their order never matters. */
const million = 1e6;
/** What is further from zero counts as this much: its millionths still are a bigint. */
const most = 9e12;

type ValueFunction = Exclude<AggregateCondition['function'], 'distinct'>;

/** What a function gives for the rows of one contact. `value` is never null in a row. */
export function reckonSql(of: ValueFunction, value: Sql): Sql {
	const sum = sql`sum(floor(least(greatest(${value}, ${-most}::float8), ${most}::float8) * ${million}::float8 + 0.5)::bigint)::float8`;
	switch (of) {
		case 'sum':
			return sql`(${sum} / ${million}::float8)`;
		case 'average':
			return sql`(floor(${sum} / count(*)::float8 + 0.5) / ${million}::float8)`;
		case 'min':
			return sql`min(${value})`;
		case 'max':
			return sql`max(${value})`;
	}
}

/** The same of values at hand: of none, 0 for a sum and nothing for the others. */
export function reckon(of: ValueFunction, values: readonly Comparable[]): Comparable | undefined {
	const sum = () => Number(values.map(millionths).reduce((a, b) => a + b, 0n));
	if (of === 'sum') return sum() / million;
	if (values.length === 0) return;
	switch (of) {
		case 'average':
			return Math.floor(sum() / values.length + 0.5) / million;
		case 'min':
			return values.reduce((a, b) => (b < a ? b : a));
		case 'max':
			return values.reduce((a, b) => (b > a ? b : a));
	}
}

const millionths = (value: Comparable): bigint => BigInt(millionthsOf(Number(value)));

/** A number in whole millionths. */
export const millionthsOf = (value: number): number =>
	Math.floor(Math.min(Math.max(value, -most), most) * million + 0.5);
