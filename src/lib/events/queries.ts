import type { Queryable } from '$lib/db/db';
import { sql, type Sql } from '$lib/sql';
import type { EventRow } from './contact-event';

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
