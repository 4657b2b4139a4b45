import { comparable } from '$lib/fields/value';
import { join, sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Window } from '../../operators/window';
import type { Person } from '../../person';
import { reckon, reckonSql } from '../aggregate/reckon';
import { isThen, isThenSql, typeSql } from '../event/matching';

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
export const columns: Record<Score, Sql> = {
	recency: sql`recency`,
	frequency: sql`frequency`,
	monetary: sql`monetary`
};

/** A row of `cno` and these scores for each contact who ordered then and is not archived. */
export function buyersSql(
	which: readonly Score[],
	window: Window | undefined,
	moment: Moment
): Sql {
	const measured = which.map((score) => sql`${measures[score]} as ${columns[score]}`);
	return sql`select event.cno, ${join(measured, sql`, `)} from event join contact on contact.cno = event.cno and contact.archived_at is null where ${typeSql([order])} and ${isThenSql(window, moment)} group by event.cno`;
}

/** The scores of those among whom a person is compared. */
export const buyersAmong = (
	person: Person,
	window: Window | undefined,
	moment: Moment
): readonly Record<Score, number>[] =>
	(person.among ?? [person])
		.filter(({ archived }) => !archived)
		.flatMap((one) => scoresOf(one, window, moment) ?? []);

/** Nothing for somebody who did not order then. */
export function scoresOf(
	{ events }: Pick<Person, 'events'>,
	window: Window | undefined,
	moment: Moment
): Record<Score, number> | undefined {
	const orders = events.filter(({ type, at }) => type === order && isThen(window, at, moment));
	if (orders.length === 0) return;
	const totals = orders.flatMap(({ properties }) => comparable(properties.total, 'number') ?? []);
	return {
		recency: Math.max(...orders.map(({ at }) => at)),
		frequency: orders.length,
		monetary: Number(reckon('sum', totals))
	};
}
