import {
	contactOf,
	displayName,
	rowOf,
	type Contact,
	type ContactRow
} from '$lib/contacts/contact';
import { retireNumber } from '$lib/contacts/number';
import { putContacts } from '$lib/contacts/queries';
import type { Queryable } from '$lib/db/db';
import type { Fields } from '$lib/fields/field';
import { sql } from '$lib/sql';
import { withdrawSuppressions } from '$lib/suppressions/bounced';
import type { Values } from '../contacts/merge';
import { markOf } from '../events/queries';
import type { UndoReport } from '../report';
import { restored } from './restore';

const examplesShown = 50;
const partSize = 1_000;

/** What an import put contacts into: those of these tags and lists whose entry is of its very time. */
export interface Enrolled {
	readonly tags: readonly string[];
	readonly lists: readonly string[];
}

/**
 * Takes an import back: its events, the contacts it made that nobody has touched since, its tags and list entries, and
 * each value that is still what it wrote. `onpart` is called between parts and may throw to roll back.
 */
export async function takeBack(
	tx: Queryable,
	run: { readonly id: string; readonly at: string } & Enrolled,
	fields: Fields,
	onpart: (done: number) => Promise<void>
): Promise<UndoReport> {
	const eventsRemoved = await removeEvents(tx, run.id, onpart);
	const { removed, left: kept } = await removeCreated(tx, run, onpart);
	await removeEnrolments(tx, run);
	const { restored, left } = await restoreChanged(tx, run.id, fields, onpart);
	await forgetChanges(tx, run);
	const all = [...kept, ...left];
	return {
		contactsRemoved: removed,
		contactsRestored: restored,
		eventsRemoved,
		left: all.length,
		examples: all.slice(0, examplesShown)
	};
}

type Example = UndoReport['examples'][number];

async function removeEvents(
	tx: Queryable,
	run: string,
	onpart: (done: number) => Promise<void>
): Promise<number> {
	const blocks = await tx.rows<{ first: string }>(
		sql`select first::text as first from import_event where import = ${run} order by first`
	);
	await withdrawSuppressions(
		tx,
		sql`(event.no, ${markOf}) in (
			select first + place - 1, mark
			from import_event, unnest(marks) with ordinality as one(mark, place) where import = ${run})`
	);
	let removed = 0;
	for (const { first } of blocks) {
		const [gone] = await tx.rows<{ n: number }>(sql`
			with noted as (
				select first + place - 1 as no, mark
				from import_event, unnest(marks) with ordinality as one(mark, place)
				where import = ${run} and first = ${first}::bigint
			), gone as (
				delete from event using noted where event.no = noted.no and ${markOf} = noted.mark returning event.no
			), rest as (
				delete from event_property using gone where event = gone.no
			)
			select count(*)::int as n from gone`);
		removed += gone!.n;
		await onpart(gone!.n);
	}
	await tx.run(sql`delete from import_event where import = ${run}`);
	return removed;
}

/** Contacts the import made go, unless they were changed, or have events, tags or lists from elsewhere. */
async function removeCreated(
	tx: Queryable,
	run: { readonly id: string; readonly at: string },
	onpart: (done: number) => Promise<void>
): Promise<{ removed: number; left: Example[] }> {
	const range = await rangeOf(tx, run.id, true);
	await retireNumber(tx, range.last);
	let removed = 0;
	for (let from = range.first; from <= range.last; from += partSize) {
		const [gone] = await tx.rows<{ n: number }>(sql`
			with gone as (
				delete from contact using import_contact as noted
				where noted.import = ${run.id} and noted.created and noted.cno = contact.cno
					and contact.cno >= ${from} and contact.cno < ${from + partSize}
					and contact.updated_at = ${run.at}::timestamptz and contact.archived_at is null
					and not exists (select from event where event.cno = contact.cno)
					and not exists (select from contact_tag where contact_tag.cno = contact.cno and at is distinct from ${run.at}::timestamptz)
					and not exists (select from list_member where list_member.cno = contact.cno and at is distinct from ${run.at}::timestamptz)
				returning contact.cno
			), untagged as (
				delete from contact_tag using gone where contact_tag.cno = gone.cno
			), unlisted as (
				delete from list_member using gone where list_member.cno = gone.cno
			), forgotten as (
				delete from import_contact using gone where import = ${run.id} and import_contact.cno = gone.cno
			)
			select count(*)::int as n from gone`);
		removed += gone!.n;
		await onpart(gone!.n);
	}
	const left = await tx.rows<{ row: ContactRow }>(sql`
		select to_jsonb(contact) as row from contact
		join import_contact on import_contact.cno = contact.cno
		where import = ${run.id} and created order by contact.cno`);
	return { removed, left: left.map(({ row }) => exampleOf(contactOf(row))) };
}

/** Contacts the import made and that stay keep their tags and lists too. */
async function removeEnrolments(
	tx: Queryable,
	{ id, at, tags, lists }: { readonly id: string; readonly at: string } & Enrolled
): Promise<void> {
	const made = sql`exists (select from import_contact where import = ${id} and created and import_contact.cno = entry.cno)`;
	if (tags.length > 0)
		await tx.run(
			sql`delete from contact_tag as entry where tag = any(${tags}::text[]) and at = ${at}::timestamptz and not ${made}`
		);
	if (lists.length > 0)
		await tx.run(
			sql`delete from list_member as entry where list = any(${lists}::text[]) and at = ${at}::timestamptz and not ${made}`
		);
}

async function restoreChanged(
	tx: Queryable,
	run: string,
	fields: Fields,
	onpart: (done: number) => Promise<void>
): Promise<{ restored: number; left: Example[] }> {
	const left: Example[] = [];
	let count = 0;
	const range = await rangeOf(tx, run, false);
	for (let from = range.first; from <= range.last; from += partSize) {
		const rows = await tx.rows<{ row: ContactRow; before: Values; after: Values }>(sql`
			select known.row, before, after
			from import_contact as noted,
				lateral (select to_jsonb(contact) as row from contact where contact.cno = noted.cno offset 0) as known
			where import = ${run} and not created and cno >= ${from} and cno < ${from + partSize}
			order by cno`);
		const back: Contact[] = [];
		for (const noted of rows) {
			const now = contactOf(noted.row);
			const { contact, left: differs } = restored(now, noted.before, noted.after);
			if (contact) back.push(contact);
			if (differs) left.push(exampleOf(now));
		}
		const free = await withFreeIds(tx, back);
		if (free.length > 0)
			await putContacts(
				tx,
				free.map((contact) => rowOf(contact, fields))
			);
		count += free.length;
		await onpart(rows.length);
	}
	return { restored: count, left };
}

/** What was taken back never happened, to conditions on what changed. */
async function forgetChanges(
	tx: Queryable,
	{ id, at }: { readonly id: string; readonly at: string }
): Promise<void> {
	await tx.run(sql`
		delete from field_change using import_contact as noted
		where noted.import = ${id} and noted.cno = field_change.cno and field_change.at = ${at}::timestamptz`);
}

/** The numbers of the contacts an import has made, or changed. Without any, `first` is after `last`. */
async function rangeOf(
	tx: Queryable,
	run: string,
	created: boolean
): Promise<{ first: number; last: number }> {
	const [range] = await tx.rows<{ first: number; last: number }>(
		sql`select coalesce(min(cno), 0) as first, coalesce(max(cno), -1) as last from import_contact where import = ${run} and created = ${created}`
	);
	return range!;
}

/** An id that a contact had before may belong to another one by now; then it stays without. */
async function withFreeIds(tx: Queryable, contacts: readonly Contact[]): Promise<Contact[]> {
	const ids = contacts.flatMap(({ externalId }) => externalId ?? []);
	if (ids.length === 0) return [...contacts];
	const owners = await tx.rows<{ id: string; cno: number }>(
		sql`select external_id as id, cno from contact where external_id = any(${ids}::text[])`
	);
	const ownerOf = new Map(owners.map(({ id, cno }) => [id, cno]));
	return contacts.map((contact) => {
		const owner = contact.externalId === undefined ? undefined : ownerOf.get(contact.externalId);
		return owner === undefined || owner === contact.cno
			? contact
			: { ...contact, externalId: undefined };
	});
}

const exampleOf = (contact: Contact): Example => ({ cno: contact.cno, name: displayName(contact) });
