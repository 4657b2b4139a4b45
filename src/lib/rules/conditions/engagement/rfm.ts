import { join, sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Person } from '../../person';
import type { MemberSet } from '../kind';
import { buyersAmong, buyersSql, columns, scores, scoresOf } from './buyers';
import type { RfmCondition } from './engagement';

const asked = (condition: RfmCondition) => scores.filter((score) => condition[score] !== undefined);

/**
 * Contacts by their quintiles among all who ordered: of each 100, 20 are in the first. Those who are equal are in the
 * same one, the lowest that any of them would be in.
 */
export function compileRfm(condition: RfmCondition, moment: Moment): MemberSet {
	const which = asked(condition);
	const ranked = which.map(
		(score) =>
			sql`1 + 5 * (rank() over (order by ${columns[score]}) - 1) / count(*) over () as ${columns[score]}`
	);
	const buyers = buyersSql(which, undefined, moment);
	const inside = which.map((score) => sql`${columns[score]} = any(${condition[score]!}::int8[])`);
	return {
		select: sql`select cno from (select cno, ${join(ranked, sql`, `)} from (${buyers}) as buyer) as ranked where ${join(inside, sql` and `)}`,
		negated: !condition.is,
		relative: true
	};
}

export function rfmHolds(condition: RfmCondition, person: Person, moment: Moment): boolean {
	const buyers = buyersAmong(person, undefined, moment);
	const own = scoresOf(person, undefined, moment);
	const inside =
		own !== undefined &&
		asked(condition).every((score) => {
			const below = buyers.filter((other) => other[score] < own[score]).length;
			return condition[score]!.includes(1 + Math.floor((5 * below) / buyers.length));
		});
	return inside === condition.is;
}
