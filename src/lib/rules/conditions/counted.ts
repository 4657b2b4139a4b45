import { unreachable } from '$lib/result';
import { sql, type Sql } from '$lib/sql';
import { countHolds, countSql, type CountTest } from '../operators/count';
import type { MemberSet } from './kind';

/**
 * Contacts whose rows pass. A set is made of rows, so contacts without any row are never in it: where none at all
 * passes, the set is of those who fail, and negated. `passes` is asked of the rows of one contact, and never null.
 */
export const reckoned = (rows: Sql, passes: Sql, nonePasses: boolean): MemberSet => ({
	select: sql`${rows} group by cno having ${nonePasses ? sql`not (${passes})` : passes}`,
	negated: nonePasses
});

/** Contacts with a number of rows that passes `test`. */
export const counted = (test: CountTest, rows: Sql): MemberSet =>
	asksWhetherAny(test)
		? { select: rows, negated: countHolds(test, 0) }
		: reckoned(rows, countSql(test, sql`count(*)`), countHolds(test, 0));

/** Whether a single row decides, so that none need be counted: "did" and "did not" are the same set then. */
export function asksWhetherAny(test: CountTest): boolean {
	switch (test.operator) {
		case 'atLeast':
		case 'fewerThan':
			return test.n === 1;
		case 'moreThan':
		case 'atMost':
		case 'exactly':
		case 'notExactly':
			return test.n === 0;
		case 'between':
		case 'notBetween':
			return false;
		default:
			return unreachable(test);
	}
}
