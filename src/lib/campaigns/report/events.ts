import { unreachable } from '$lib/result';
import { sql, type Sql } from '$lib/sql';
import type { Outcome, OutcomePart } from './report';

/** The events of a campaign that tell of these, of people who are still there. */
export const ofCampaign = (ref: string, of: readonly Outcome[]): Sql => sql`
	select event.cno, event.at, event.no, substr(event_type.id, 7) as outcome
	from event
	join event_type on event_type.no = event.type
	join ref on ref.no = event.ref
	where ref.text = ${ref} and event_type.id = any(${of.map((one) => `email_${one}`)}::text[])`;

/** A campaign that went out: its frozen audience, and what its events call it. */
export type WentOut = Pick<OutcomePart, 'run' | 'ref'>;

/** The same, of those who were in its audience, or of the others. Everybody was where it is on another device. */
export const ofAudience = (
	{ run, ref }: WentOut,
	of: readonly Outcome[],
	among: 'audience' | 'others' = 'audience'
): Sql => sql`
	select told.* from (${ofCampaign(ref, of)}) as told
	left join campaign_recipient as one on one.run = ${run} and one.cno = told.cno
	where (one.cno is null and exists(select from campaign_run where id = ${run})) = ${among === 'others'}::bool`;

/** Those who have none of these events but by a machine. */
export const onlyMachines = (events: Sql): Sql => sql`
	select cno from (${events}) as told left join event_property on event_property.event = told.no
	group by cno having bool_and(coalesce(event_property.properties->>'machine' = 'true', false))`;

/** The day of an event by a calendar. */
export const dayOf = (zone: string): Sql => sql`to_char(at at time zone ${zone}, 'YYYY-MM-DD')`;

/** Selects the people of a number of a report, with repeats. */
export function peopleOf({ run, ref, zone, outcome, row }: OutcomePart): Sql {
	const events = ofAudience({ run, ref }, [outcome]);
	const recipients = (where: Sql) => sql`
		select cno from (${events}) as told
		where cno in (select cno from campaign_recipient where run = ${run} and ${where})`;
	switch (row.type) {
		case 'all':
			return sql`select cno from (${events}) as told`;
		case 'others':
			return sql`select cno from (${ofAudience({ run, ref }, [outcome], 'others')}) as told`;
		case 'machines':
			return onlyMachines(events);
		case 'source':
			return recipients(sql`${row.index}::int = any(sources)`);
		case 'variant':
			return recipients(sql`variants[${row.block + 1}::int] = ${row.variant}::int`);
		case 'day':
			return sql`select cno from (${events}) as told where ${dayOf(zone)} = ${row.day}`;
		default:
			return unreachable(row);
	}
}
