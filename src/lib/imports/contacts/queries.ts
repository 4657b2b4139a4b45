import { contactOf, rowOf, type Contact, type ContactRow } from '$lib/contacts/contact';
import { putContacts } from '$lib/contacts/queries';
import type { Queryable } from '$lib/db/db';
import type { Fields } from '$lib/fields/field';
import { sql, type Sql } from '$lib/sql';
import { textKey } from '$lib/text-key';
import type { Intake } from '../intake';
import type { ContactDraft } from '../rows/contact-draft';
import { ContactMerge, type MergedPart, type Membership, type MergeStart } from './contact-merge';
import { contactLine, copyContacts, escaped } from './copy-line';
import { emailKeyOf, type Identity, type Known } from './known';
import type { ContactChange } from './merge';

/** The contacts that have an address or id of these rows. */
export async function contactsFor(
	db: Queryable,
	rows: readonly Identity[],
	{ memberships }: { memberships: boolean }
): Promise<Known[]> {
	const emails = [
		...new Set(rows.flatMap(({ email }) => (email === undefined ? [] : [textKey(email)])))
	];
	const ids = [...new Set(rows.flatMap(({ externalId }) => externalId ?? []))];
	const one = knownContact(memberships);
	// `offset 0` keeps the planner to one look into the index for each key. Left to itself it reads the whole table for
	// every part of a file, for it knows nothing yet of what this very import has written.
	const found = await db.rows<KnownRow>(sql`
		select known.* from unnest(${emails}::text[]) as wanted(key),
			lateral (${one} where email_key = wanted.key collate "C" offset 0) as known
		union all
		select known.* from unnest(${ids}::text[]) as wanted(id),
			lateral (${one} where external_id = wanted.id offset 0) as known`);
	// Somebody can be found by both.
	return [...new Map(found.map((one) => [one.row.cno, one])).values()].map(knownOf);
}

/** The contacts with these uids. */
export async function contactsWith(db: Queryable, uids: readonly string[]): Promise<Known[]> {
	const found = await db.rows<KnownRow>(sql`
		select known.* from unnest(${uids}::text[]) as wanted(uid),
			lateral (${knownContact(true)} where contact.uid = wanted.uid offset 0) as known`);
	return found.map(knownOf);
}

/** The contacts with these numbers. */
async function contactsNumbered(db: Queryable, cnos: readonly number[]): Promise<Known[]> {
	const found = await db.rows<KnownRow>(sql`
		select known.* from unnest(${cnos}::int[]) as wanted(no),
			lateral (${knownContact(true)} where cno = wanted.no offset 0) as known`);
	return found.map(knownOf);
}

interface KnownRow {
	readonly row: ContactRow;
	readonly tags: readonly string[];
	readonly lists: readonly string[];
}

function knownContact(memberships: boolean): Sql {
	const none = sql`'{}'::text[]`;
	const tags = sql`array(select tag from contact_tag where contact_tag.cno = contact.cno)`;
	const lists = sql`array(select list from list_member where list_member.cno = contact.cno)`;
	return sql`
		select to_jsonb(contact) as row, ${memberships ? tags : none} as tags, ${memberships ? lists : none} as lists
		from contact`;
}

function knownOf({ row, tags, lists }: KnownRow): Known {
	const contact = contactOf(row);
	const { cno, uid, externalId } = contact;
	return {
		...{ cno, uid, externalId, contact },
		emailKey: emailKeyOf(contact),
		tags: new Set(tags),
		lists: new Set(lists)
	};
}

/** Adds contacts whose numbers are free. */
export function addContacts(
	tx: Queryable,
	contacts: readonly Contact[],
	fields: Fields
): Promise<void> {
	const lines = contacts.map((contact) => contactLine(contact, fields));
	return tx.copyIn(copyContacts, new Blob(lines));
}

/** Writes what a part of an import comes to, and notes it in the ledger of `run`, if it has one. */
export async function writePart(
	tx: Queryable,
	part: MergedPart,
	{ run, at, fields }: { run: string | undefined; at: string; fields: Fields }
): Promise<void> {
	const { created, updated, completed } = part;
	if (created.length > 0) await addContacts(tx, created, fields);
	const changed = [...updated.map(({ contact }) => contact), ...completed];
	if (changed.length > 0)
		await putContacts(
			tx,
			changed.map((contact) => rowOf(contact, fields))
		);
	if (run !== undefined && updated.length > 0) await noteChanges(tx, run, updated);
	await addMemberships(tx, part, at);
}

/** Values are checked by uid when an import is undone, for numbers may be somebody else's by then. */
export async function noteChanges(
	tx: Queryable,
	run: string,
	updated: readonly { readonly contact: Contact; readonly change: ContactChange }[]
): Promise<void> {
	const rows = updated.map(({ contact: { cno, uid }, change: { before, after } }) => ({
		cno,
		before,
		after: { ...after, '#uid': uid }
	}));
	await tx.run(sql`
		insert into import_contact(import, cno, created, before, after)
		select ${run}, cno, false, before, after
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as noted(cno int, before jsonb, after jsonb)
		on conflict (import, cno) do update set
			before = excluded.before || import_contact.before,
			after = import_contact.after || excluded.after`);
}

async function addMemberships(
	tx: Queryable,
	{ created, tags, lists }: Pick<MergedPart, 'created' | 'tags' | 'lists'>,
	at: string
): Promise<void> {
	// Whoever is new is in nothing yet, and comes in by the faster way.
	const isNew = new Set(created.map(({ cno }) => cno));
	const linesOf = (of: readonly Membership[]) =>
		of
			.filter(({ cno }) => isNew.has(cno))
			.map((one) => `${escaped(one.id)}\t${one.cno}\t${one.at ?? at}\n`);
	/** Columns of rows for `unnest`. */
	const others = (of: readonly Membership[]) => {
		const known = of.filter(({ cno }) => !isNew.has(cno));
		return {
			any: known.length > 0,
			rows: sql`unnest(${known.map(({ id }) => id)}::text[], ${known.map(({ cno }) => cno)}::int[], ${known.map((one) => one.at ?? at)}::timestamptz[])`
		};
	};

	const [newTags, newLists] = [linesOf(tags), linesOf(lists)];
	const [otherTags, otherLists] = [others(tags), others(lists)];
	if (newTags.length > 0)
		await tx.copyIn(sql`copy contact_tag(tag, cno, at) from '/dev/blob'`, new Blob(newTags));
	if (newLists.length > 0)
		await tx.copyIn(sql`copy list_member(list, cno, at) from '/dev/blob'`, new Blob(newLists));
	if (otherTags.any)
		await tx.run(
			sql`insert into contact_tag(tag, cno, at) select * from ${otherTags.rows} on conflict do nothing`
		);
	if (otherLists.any)
		await tx.run(
			sql`insert into list_member(list, cno, at) select * from ${otherLists.rows} on conflict do nothing`
		);
}

/** Notes the contacts an import has made, numbered from `from` to before `to`. */
export function noteCreated(tx: Queryable, run: string, from: number, to: number): Promise<number> {
	return tx.run(
		sql`insert into import_contact(import, cno, created) select ${run}, cno, true from generate_series(${from}::int, ${to - 1}::int) as made(cno)`
	);
}

/** Rows of contacts, on their way into the tables. */
export function contactIntake(
	start: MergeStart,
	{ run, fields }: { run: string; fields: Fields }
): Intake<ContactDraft> {
	const merge = new ContactMerge(start);
	return {
		async take(db, drafts, write) {
			const mine = write ? merge.madeFor(drafts) : [];
			const known = [
				...(start.nextCno > 0 ? await contactsFor(db, drafts, { memberships: true }) : []),
				...(mine.length > 0 ? await contactsNumbered(db, mine) : [])
			];
			const part = merge.take(drafts, known);
			if (write) await writePart(db, part, { run, at: start.at, fields });
			return part.rejected;
		},
		get counts() {
			return merge.counts;
		},
		get made() {
			return merge.made;
		}
	};
}
