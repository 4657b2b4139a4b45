import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Person } from '../../person';
import type { MemberSet } from '../kind';
import { buyersAmong, buyersSql, columns, scoresOf, type Score } from './buyers';
import type { TopCondition } from './engagement';

const scoreOf: Record<TopCondition['of'], Score> = { spend: 'monetary', orders: 'frequency' };

/**
 * The top N percent of buyers: of all who ordered (in the window, if there is one) and are not archived, those for whom
 * fewer than N percent of these buyers have strictly more. So the best is always in, those who are equal are all in or
 * all out, and of ten buyers who differ one is the top tenth; of eleven two are, since one of eleven is less than a
 * tenth. What somebody spent is the sum of the totals of those orders; one without a total adds nothing.
 */
export function compileTop(condition: TopCondition, moment: Moment): MemberSet {
	const { is, of, percent, window } = condition;
	const score = scoreOf[of];
	const above = sql`(rank() over (order by ${columns[score]} desc) - 1)`;
	const isTop = sql`${above} * 100 < ${percent}::int8 * count(*) over () as is_top`;
	return {
		select: sql`select cno from (select cno, ${isTop} from (${buyersSql([score], window, moment)}) as buyer) as ranked where is_top`,
		negated: !is,
		relative: true
	};
}

export function topHolds(condition: TopCondition, person: Person, moment: Moment): boolean {
	const { is, of, percent, window } = condition;
	const score = scoreOf[of];
	const own = scoresOf(person, window, moment);
	if (!own) return !is;
	const buyers = buyersAmong(person, window, moment);
	const above = buyers.filter((other) => other[score] > own[score]).length;
	return above * 100 < percent * buyers.length === is;
}
