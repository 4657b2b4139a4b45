import { contactOf, type ContactRow } from '$lib/contacts/contact';
import { nextCno } from '$lib/contacts/number';
import type { Queryable } from '$lib/db/db';
import { sql, type Sql } from '$lib/sql';
import { portableContact } from './people';
import type { Batch, Part, Portables } from './parts';

/** So many are asked for at once: about a tenth of a second, after which other questions get their turn. */
const contactStep = 5_000;
const eventStep = 10_000;
const moveStep = 10_000;
const recipientStep = 10_000;

/** Rows of the log whose sizes are asked for at once. */
const logStep = 10_000;

/**
 * All that a database knows of people, part by part. Others may write meanwhile: who is added then is not in it, and
 * nothing that speaks of them is.
 */
export async function* unload(db: Queryable): AsyncGenerator<Batch> {
	const contacts = await nextCno(db);
	const events = await nextEvent(db);
	for (const [from, to] of steps(contacts, contactStep))
		yield* batch('contacts', await contactsOf(db, from, to));
	for (const [from, to] of steps(events, eventStep))
		yield* batch('events', await eventsOf(db, from, to, contacts));
	yield* batch('suppressions', await all(db, suppressions));
	for (const [from, to] of steps(contacts, contactStep))
		yield* batch('changes', await all(db, changesOf(from, to)));
	for await (const cuts of logInCuts(db))
		yield* batch('moves', await all(db, movesOf(cuts, contacts)));
	const kept = await all<Portables['runs']>(db, runs);
	yield* batch('runs', kept);
	for (const { id, reach } of kept)
		for (const [from, to] of steps(reach, recipientStep))
			yield* batch('recipients', await recipientsOf(db, id, from, to));
}

function* steps(end: number, step: number): Generator<[from: number, to: number]> {
	for (let from = 0; from < end; from += step) yield [from, Math.min(end, from + step)];
}

function* batch<P extends Part>(part: P, values: readonly Portables[P][]): Generator<Batch> {
	// Part and values are of one another, which a union of pairs cannot tell from a type parameter.
	if (values.length > 0) yield { part, values } as unknown as Batch;
}

async function nextEvent(db: Queryable): Promise<number> {
	const [row] = await db.rows<{ next: number }>(
		sql`select (coalesce(max(no), -1) + 1)::float8 as next from event`
	);
	return row!.next;
}

/** Rows as one JSON text: one by one they would take three times as long. */
async function all<Row>(db: Queryable, query: Sql): Promise<Row[]> {
	const [row] = await db.rows<{ all: string }>(
		sql`select coalesce(json_agg(to_json(given)), '[]')::text as all from (${query}) as given`
	);
	return JSON.parse(row!.all) as Row[];
}

interface StoredContact {
	readonly row: ContactRow;
	readonly tags: { id: string; at: string }[] | null;
	readonly lists: { id: string; at: string }[] | null;
}

async function contactsOf(
	db: Queryable,
	from: number,
	to: number
): Promise<Portables['contacts'][]> {
	const among = sql`cno >= ${from}::int and cno < ${to}::int`;
	const stored = await all<StoredContact>(
		db,
		sql`
		select to_jsonb(contact) as row, tags.entries as tags, lists.entries as lists
		from (select * from contact where ${among}) as contact
			left join (select cno, json_agg(json_build_object('id', tag, 'at', ${iso(sql`at`)}) order by tag) as entries from contact_tag where ${among} group by cno) as tags using (cno)
			left join (select cno, json_agg(json_build_object('id', list, 'at', ${iso(sql`at`)}) order by list) as entries from list_member where ${among} group by cno) as lists using (cno)
		order by cno`
	);
	return stored.map(({ row, tags, lists }) =>
		portableContact(contactOf(row), tags ?? [], lists ?? [])
	);
}

interface StoredEvent extends Pick<Portables['events'], 'id' | 'contact' | 'type' | 'at'> {
	readonly ref: string | null;
	readonly value: number | null;
	readonly properties: Portables['events']['properties'] | null;
}

async function eventsOf(
	db: Queryable,
	from: number,
	to: number,
	contacts: number
): Promise<Portables['events'][]> {
	const stored = await all<StoredEvent>(
		db,
		sql`
		select event.id, contact.uid as contact, event_type.id as type, ${iso(sql`event.at`)} as at, ref.text as ref,
			event.value, event_property.properties
		from event
			join contact on contact.cno = event.cno
			join event_type on event_type.no = event.type
			left join ref on ref.no = event.ref
			left join event_property on event_property.event = event.no
		where event.no >= ${from}::bigint and event.no < ${to}::bigint and event.cno < ${contacts}::int
		order by event.no`
	);
	return stored.map(({ id, contact, type, at, ref, value, properties }) => ({
		...{ id, contact, type, at },
		...(ref === null ? {} : { ref }),
		...(value === null ? {} : { value }),
		properties: properties ?? {}
	}));
}

const suppressions = sql`
	select channel, address, reason, ${iso(sql`at`)} as at from suppression order by channel, address, reason`;

const changesOf = (from: number, to: number): Sql => sql`
	select contact.uid as contact, field, ${iso(sql`at`)} as at, before, after
	from field_change join contact using (cno)
	where cno >= ${from}::int and cno < ${to}::int
	order by cno, field, at`;

/** Some moves of one row of the log: those from `first` to `last`, counted from 1. */
interface Cut {
	readonly no: number;
	readonly first: number;
	readonly last: number;
}

/** The log in the order in which it was noted, so many moves at a time; each of its moves is read once. */
async function* logInCuts(db: Queryable): AsyncGenerator<readonly Cut[]> {
	let next = 0;
	for (;;) {
		const rows = await db.rows<{ no: number; size: number }>(
			sql`select no::float8 as no, size from segment_log where no >= ${next}::bigint order by segment_log.no limit ${logStep}::int`
		);
		if (rows.length === 0) return;
		yield* cutsOf(rows);
		next = rows.at(-1)!.no + 1;
	}
}

/**
 * Each row is cut from its end: who is deleted meanwhile makes others go nearer to its beginning, so that nobody is left
 * out.
 */
function* cutsOf(rows: readonly { no: number; size: number }[]): Generator<readonly Cut[]> {
	let cuts: Cut[] = [];
	let room = moveStep;
	for (const { no, size } of rows) {
		for (let last = size; last > 0;) {
			const taken = Math.min(last, room);
			cuts.push({ no, first: last - taken + 1, last });
			last -= taken;
			room -= taken;
			if (room > 0) continue;
			yield cuts;
			cuts = [];
			room = moveStep;
		}
	}
	if (cuts.length > 0) yield cuts;
}

const movesOf = (cuts: readonly Cut[], contacts: number): Sql => sql`
	select contact.uid as contact, segment, entered, ${iso(sql`at`)} as at, cause
	from jsonb_to_recordset(${JSON.stringify(cuts)}::jsonb) as cut(no bigint, first int, last int)
		join segment_log using (no)
		cross join lateral unnest(cnos[first:last]) as cno
		join contact using (cno)
	where cno < ${contacts}::int
	order by no, cno`;

const runs = sql`
	select id, campaign, ref, ${iso(sql`at`)} as at, how, frozen, reach, hash, state from campaign_run order by campaign_run.at, id`;

/** What is not known is left out. */
async function recipientsOf(
	db: Queryable,
	run: string,
	from: number,
	to: number
): Promise<Portables['recipients'][]> {
	const stored = await all<Portables['recipients']>(
		db,
		sql`
		select run, place, uid as contact, case when uid is null then encode(uid_hash, 'hex') end as hash,
			address, variants, sources, status, ${iso(sql`status_at`)} as at, diagnostic, message_id as "messageId"
		from campaign_recipient where run = ${run} and place >= ${from}::int and place < ${to}::int
		order by place`
	);
	return stored.map(({ contact, hash, address, sources, diagnostic, messageId, ...one }) => ({
		...one,
		...(contact ? { contact } : { hash }),
		...(address ? { address } : {}),
		...(sources ? { sources } : {}),
		...(diagnostic ? { diagnostic } : {}),
		...(messageId ? { messageId } : {})
	}));
}

/** An instant in ISO 8601, in UTC. */
function iso(at: Sql): Sql {
	return sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
