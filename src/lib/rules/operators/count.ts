import * as z from 'zod/mini';
import { unreachable } from '$lib/result';
import { sql, type Sql } from '$lib/sql';
import { plural, value, type Phrase } from '../phrase';

const Whole = z.int({ error: 'Type a whole number.' }).check(z.gte(0), z.lte(1_000_000_000));

/** How many times something must be so. */
export const CountTest = z.discriminatedUnion('operator', [
	z.object({
		operator: z.enum(['atLeast', 'atMost', 'exactly', 'notExactly', 'moreThan', 'fewerThan']),
		n: Whole
	}),
	z
		.object({ operator: z.enum(['between', 'notBetween']), from: Whole, to: Whole })
		.check(
			z.refine(({ from, to }) => from <= to, { error: 'The first number is above the second.' })
		)
]);
export type CountTest = z.infer<typeof CountTest>;

export const countLabels: Record<CountTest['operator'], string> = {
	atLeast: 'at least',
	atMost: 'at most',
	exactly: 'exactly',
	notExactly: 'not exactly',
	moreThan: 'more than',
	fewerThan: 'fewer than',
	between: 'between',
	notBetween: 'not between'
};

/** Whether the number `count` passes. Never null where `count` is not. */
export function countSql(test: CountTest, count: Sql): Sql {
	switch (test.operator) {
		case 'atLeast':
			return sql`${count} >= ${test.n}::int8`;
		case 'atMost':
			return sql`${count} <= ${test.n}::int8`;
		case 'exactly':
			return sql`${count} = ${test.n}::int8`;
		case 'notExactly':
			return sql`${count} <> ${test.n}::int8`;
		case 'moreThan':
			return sql`${count} > ${test.n}::int8`;
		case 'fewerThan':
			return sql`${count} < ${test.n}::int8`;
		case 'between':
			return sql`${count} between ${test.from}::int8 and ${test.to}::int8`;
		case 'notBetween':
			return sql`${count} not between ${test.from}::int8 and ${test.to}::int8`;
		default:
			return unreachable(test);
	}
}

export function countHolds(test: CountTest, count: number): boolean {
	switch (test.operator) {
		case 'atLeast':
			return count >= test.n;
		case 'atMost':
			return count <= test.n;
		case 'exactly':
			return count === test.n;
		case 'notExactly':
			return count !== test.n;
		case 'moreThan':
			return count > test.n;
		case 'fewerThan':
			return count < test.n;
		case 'between':
			return test.from <= count && count <= test.to;
		case 'notBetween':
			return count < test.from || test.to < count;
		default:
			return unreachable(test);
	}
}

/** "at least 2 times", "between 2 and 5 tags". */
export function explainCount(test: CountTest, one: string): Phrase {
	const label = countLabels[test.operator];
	return 'n' in test
		? [value(`${label} ${plural(test.n, one)}`)]
		: [value(`${label} ${test.from} and ${plural(test.to, one)}`)];
}
