import type { Database, Queryable } from '$lib/db/db';
import type { FieldValue } from '$lib/fields/value';
import { sql, type Sql } from '$lib/sql';
import { withdrawSuppressions } from '$lib/suppressions/bounced';
import { suppressFromEvents } from '$lib/suppressions/from-events/queries';
import type { EventRow } from './contact-event';

/** An event as it is stored, of one contact. */
export interface StoredEvent {
	/** Its place in this database: of two at one instant the greater came later. */
	readonly no: number;
	readonly id: string;
	/** The id of its event type. */
	readonly type: string;
	/** ISO 8601, in UTC. */
	readonly at: string;
	readonly value: number | null;
	readonly ref: string | null;
	/** All others. */
	readonly properties: Readonly<Record<string, FieldValue>> | null;
}

export interface TimelineAsk {
	readonly cno: number;
	/** Only events of these types. */
	readonly types?: readonly string[] | undefined;
	readonly limit: number;
}

export interface Timeline {
	/** Newest first, those to come included. */
	readonly events: readonly StoredEvent[];
	/** There are earlier ones. */
	readonly more: boolean;
}

/** What the worker answers about events. */
export function eventsApi(database: Database) {
	return {
		/** What a contact did last. */
		async timeline({ cno, types, limit }: TimelineAsk): Promise<Timeline> {
			const rows = await database.rows<Omit<StoredEvent, 'at'> & { at: Date }>(sql`
				select event.no, event.id, event_type.id as type, event.at, event.value, ref.text as ref, properties
				from event
				join event_type on event_type.no = event.type
				left join ref on ref.no = event.ref
				left join event_property on event_property.event = event.no
				where event.cno = ${cno}::int
				${types ? sql`and event_type.id = any(${types}::text[])` : sql``}
				order by event.at desc, event.no desc limit ${limit + 1}::int`);
			const events = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
			return { events, more: rows.length > limit };
		},

		/** How many events of each type a contact has, most frequent first. */
		async eventTypesOf(
			cno: number
		): Promise<readonly { readonly type: string; readonly count: number }[]> {
			return database.rows(sql`
				select event_type.id as type, count(*)::int as count
				from event join event_type on event_type.no = event.type
				where event.cno = ${cno}::int group by event_type.id order by count desc, type`);
		},

		/** Adds an event, with what follows from it; nothing happens if its id is known already. `now` in epoch milliseconds. */
		async addEvent(write: string, event: EventRow, now = Date.now()): Promise<void> {
			await database.write(write, async (tx) => {
				await addEvents(tx, [event]);
				await suppressFromEvents(tx, sql`event.id = ${event.id}`, new Date(now).toISOString());
			});
		},

		/** Takes an event away. */
		async removeEvent(write: string, id: string): Promise<void> {
			await database.write(write, async (tx) => {
				await withdrawSuppressions(tx, sql`event.id = ${id}`);
				await tx.run(
					sql`delete from event_property where event = (select no from event where id = ${id})`
				);
				await tx.run(sql`delete from event where id = ${id}`);
			});
		}
	};
}

/** Adds events; those whose id is known already change nothing. */
export async function addEvents(tx: Queryable, rows: readonly EventRow[]): Promise<void> {
	const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id text, cno int, type text, at timestamptz, value float8, ref text, ref_key text, properties jsonb, keys jsonb)`;
	return mergeEvents(tx, given);
}

/**
 * Adds the events of `given`, a row source called `given` with the columns of `EventRow`. Types and references that
 * are new get their numbers first.
 */
export async function mergeEvents(tx: Queryable, given: Sql): Promise<void> {
	await tx.run(sql`
		insert into event_type(no, id)
		select (select coalesce(max(no), 0) from event_type) + row_number() over (order by type), type
		from (select distinct type from ${given}) new_type
		where not exists (select from event_type where id = type)`);
	await tx.run(sql`
		insert into ref(no, text, key)
		select (select coalesce(max(no), 0) from ref) + row_number() over (order by ref), ref, ref_key
		from (select distinct on (ref) ref, ref_key from ${given} where ref is not null) new_ref
		where not exists (select from ref known where known.text = new_ref.ref)`);
	await tx.run(sql`
		with added as (
			insert into event(no, id, cno, type, at, ref, value)
			select
				(select coalesce(max(no), 0) from event) + row_number() over (order by given.at, given.id),
				given.id, given.cno, event_type.no, given.at, known.no, given.value
			from ${given}
			join event_type on event_type.id = given.type
			left join ref known on known.text = given.ref
			on conflict (id) do nothing
			returning no, id
		)
		insert into event_property(event, properties, keys)
		select added.no, given.properties, given.keys
		from added join ${given} on given.id = added.id
		where given.properties is not null`);
}
