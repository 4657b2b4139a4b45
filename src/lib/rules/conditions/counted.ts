import { sql, type Sql } from '$lib/sql';
import { countHolds, countSql, type CountTest } from '../operators/count';
import type { MemberSet } from './kind';

/**
 * Contacts with a number of rows that passes `test`. A set is made of rows, so contacts without any row are never in
 * it: where none at all passes, the set is of those who fail, and negated.
 */
export function counted(test: CountTest, rows: Sql): MemberSet {
	const negated = countHolds(test, 0);
	const passes = countSql(test, sql`count(*)`);
	const having = negated ? sql`not (${passes})` : passes;
	const onceIsEnough = test.operator === 'atLeast' && test.n === 1;
	return {
		select: onceIsEnough ? rows : sql`${rows} group by cno having ${having}`,
		negated
	};
}
