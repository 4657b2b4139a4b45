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
export function counted(test: CountTest, rows: Sql): MemberSet {
	const onceIsEnough = test.operator === 'atLeast' && test.n === 1;
	if (onceIsEnough) return { select: rows, negated: false };
	return reckoned(rows, countSql(test, sql`count(*)`), countHolds(test, 0));
}
