import { comparable } from '$lib/fields/value';
import { join, sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { reckon, reckonSql } from '../aggregate/reckon';
import { isThenSql, typeSql } from '../event/matching';
import type { MemberSet } from '../kind';
import type { Person } from '../../person';
import type { RfmCondition } from './engagement';

/** When somebody ordered last, how often, and how much in all. More is better. */
export const scores = ['recency', 'frequency', 'monetary'] as const;
export type Score = (typeof scores)[number];

const order = 'order_placed';

const measures: Record<Score, Sql> = {
	recency: sql`max(event.at)`,
	frequency: sql`count(*)`,
	// An order without a total adds nothing.
	monetary: reckonSql('sum', sql`coalesce(event.value, 0)`)
};
const columns: Record<Score, Sql> = {
	recency: sql`recency`,
	frequency: sql`frequency`,
	monetary: sql`monetary`
};

const asked = (condition: RfmCondition) => scores.filter((score) => condition[score] !== undefined);

/**
 * Contacts by their quintiles among all who ordered: of each 100, 20 are in the first. Those who are equal are in the
 * same one, the lowest that any of them would be in.
 */
export function compileRfm(condition: RfmCondition, moment: Moment): MemberSet {
	const which = asked(condition);
	const measured = which.map((score) => sql`${measures[score]} as ${columns[score]}`);
	const ranked = which.map(
		(score) =>
			sql`1 + 5 * (rank() over (order by ${columns[score]}) - 1) / count(*) over () as ${columns[score]}`
	);
	const buyers = sql`select event.cno, ${join(measured, sql`, `)} from event join contact on contact.cno = event.cno and contact.archived_at is null where ${typeSql([order])} and ${isThenSql(undefined, moment)} group by event.cno`;
	const inside = which.map((score) => sql`${columns[score]} = any(${condition[score]!}::int8[])`);
	return {
		select: sql`select cno from (select cno, ${join(ranked, sql`, `)} from (${buyers}) as buyer) as ranked where ${join(inside, sql` and `)}`,
		negated: !condition.is,
		relative: true
	};
}

export function rfmHolds(condition: RfmCondition, person: Person, moment: Moment): boolean {
	const buyers = (person.among ?? [person])
		.filter(({ archived }) => !archived)
		.flatMap((one) => measured(one, moment) ?? []);
	const own = measured(person, moment);
	const inside =
		own !== undefined &&
		asked(condition).every((score) => {
			const below = buyers.filter((other) => other[score] < own[score]).length;
			return condition[score]!.includes(1 + Math.floor((5 * below) / buyers.length));
		});
	return inside === condition.is;
}

function measured(
	{ events }: Pick<Person, 'events'>,
	{ now }: Moment
): Record<Score, number> | undefined {
	const orders = events.filter(({ type, at }) => type === order && at <= now);
	if (orders.length === 0) return;
	const totals = orders.flatMap(({ properties }) => comparable(properties.total, 'number') ?? []);
	return {
		recency: Math.max(...orders.map(({ at }) => at)),
		frequency: orders.length,
		monetary: Number(reckon('sum', totals))
	};
}
