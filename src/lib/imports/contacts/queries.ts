import { contactOf, rowOf, type Contact, type ContactRow } from '$lib/contacts/contact';
import { putContacts } from '$lib/contacts/queries';
import type { Queryable } from '$lib/db/db';
import type { Fields } from '$lib/fields/field';
import { sql } from '$lib/sql';
import { textKey } from '$lib/text-key';
import type { Intake } from '../intake';
import type { ContactDraft } from '../rows/contact-draft';
import { ContactMerge, type MergedPart, type Membership, type MergeStart } from './contact-merge';
import { contactLine } from './copy-line';
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
	const tags = sql`select tag from contact_tag where contact_tag.cno = contact.cno`;
	const lists = sql`select list from list_member where list_member.cno = contact.cno`;
	const none = sql`'{}'::text[]`;
	const one = sql`
		select cno, to_jsonb(contact) as row,
			${memberships ? sql`array(${tags})` : none} as tags,
			${memberships ? sql`array(${lists})` : none} as lists
		from contact`;
	// `offset 0` keeps the planner to one look into the index for each key. Left to itself it reads the whole table for
	// every part of a file, for it knows nothing yet of what this very import has written.
	const found = await db.rows<{ row: ContactRow; tags: string[]; lists: string[] }>(sql`
		select known.* from unnest(${emails}::text[]) as wanted(key),
			lateral (${one} where email_key = wanted.key collate "C" offset 0) as known
		union all
		select known.* from unnest(${ids}::text[]) as wanted(id),
			lateral (${one} where external_id = wanted.id offset 0) as known`);
	// Somebody can be found by both.
	return [...new Map(found.map((one) => [one.row.cno, one])).values()].map(
		({ row, tags, lists }) => {
			const contact = contactOf(row);
			const { cno, uid, externalId } = contact;
			return {
				...{ cno, uid, externalId, contact },
				emailKey: emailKeyOf(contact),
				tags: new Set(tags),
				lists: new Set(lists)
			};
		}
	);
}

/** Adds contacts whose numbers are free. */
export function addContacts(
	tx: Queryable,
	contacts: readonly Contact[],
	fields: Fields
): Promise<void> {
	const lines = contacts.map((contact) => contactLine(contact, fields));
	return tx.copyIn(
		sql`copy contact(
			cno, uid, external_id, email, email_key, first_name, first_name_key, last_name, last_name_key, phone, phone_key,
			company, company_key, country, country_key, region, region_key, city, city_key, postcode, postcode_key,
			language, language_key, time_zone, time_zone_key, email_consent, email_consent_at, email_consent_source,
			email_consent_source_key, sms_consent, sms_consent_at, sms_consent_source, sms_consent_source_key,
			created_at, updated_at, archived_at, fields, keys
		) from '/dev/blob'`,
		new Blob(lines)
	);
}

/** Writes what a part of an import comes to, and notes it in the ledger of `run`. */
export async function writePart(
	tx: Queryable,
	part: MergedPart,
	{ run, at, fields }: { run: string; at: string; fields: Fields }
): Promise<void> {
	const { created, updated, completed } = part;
	if (created.length > 0) await addContacts(tx, created, fields);
	const changed = [...updated.map(({ contact }) => contact), ...completed];
	if (changed.length > 0)
		await putContacts(
			tx,
			changed.map((contact) => rowOf(contact, fields))
		);
	if (updated.length > 0) await noteChanges(tx, run, updated);
	await addMemberships(tx, part, at);
}

/** Values are checked by uid when an import is undone, for numbers may be somebody else's by then. */
async function noteChanges(
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
	{ tags, lists }: Pick<MergedPart, 'tags' | 'lists'>,
	at: string
) {
	const columns = (of: readonly Membership[]) =>
		[of.map(({ id }) => id), of.map(({ cno }) => cno)] as const;
	if (tags.length > 0) {
		const [ids, cnos] = columns(tags);
		await tx.run(
			sql`insert into contact_tag(tag, cno, at) select id, cno, ${at}::timestamptz from unnest(${ids}::text[], ${cnos}::int[]) as given(id, cno) on conflict do nothing`
		);
	}
	if (lists.length > 0) {
		const [ids, cnos] = columns(lists);
		await tx.run(
			sql`insert into list_member(list, cno, at) select id, cno, ${at}::timestamptz from unnest(${ids}::text[], ${cnos}::int[]) as given(id, cno) on conflict do nothing`
		);
	}
}

/** Notes the contacts an import has made, numbered from `from` to before `to`, with what they are like. */
export function noteCreated(tx: Queryable, run: string, from: number, to: number): Promise<number> {
	return tx.run(sql`
		insert into import_contact(import, cno, created, after)
		select ${run}, cno, true, to_jsonb(${likeness})
		from contact where cno >= ${from} and cno < ${to}`);
}

/**
 * A number that changes when anything a person could change does. It names its columns, so that a column which a later
 * version of the app adds changes nothing.
 */
export const likeness = sql`hash_record_extended(row(
	contact.uid, contact.external_id, contact.email, contact.first_name, contact.last_name, contact.phone, contact.company,
	contact.country, contact.region, contact.city, contact.postcode, contact.language, contact.time_zone,
	contact.email_consent, contact.email_consent_at, contact.email_consent_source, contact.sms_consent,
	contact.sms_consent_at, contact.sms_consent_source, contact.created_at, contact.archived_at, contact.fields
), 0)`;

/** Rows of contacts, on their way into the tables. */
export function contactIntake(
	start: MergeStart,
	{ run, fields }: { run: string; fields: Fields }
): Intake<ContactDraft> {
	const merge = new ContactMerge(start);
	return {
		async take(db, drafts, write) {
			const known = await contactsFor(db, drafts, { memberships: true });
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
