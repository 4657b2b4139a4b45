import type { Database, Queryable } from '$lib/db/db';
import type { Publish } from '$lib/engine/protocol';
import type { MemberCache } from '$lib/membership/members';
import { sql } from '$lib/sql';
import { isStorable, textKey } from '$lib/text-key';
import type { Moment } from '$lib/time/moment';
import { changeMany, changeOf, takeBack, type BulkAct } from './bulk';
import { changeRow, rowOf, type ContactRow, type ValueChange } from './contact';
import { eraseContact, tracesOf, type ContactTraces } from './erase';
import { listedContacts, type ListedContact } from './listed';
import { ContactSets, lastOf, type CampaignParts } from './members';
import { notedChanges } from './noted-changes';
import { nextCno } from './number';
import { ContactOrders } from './order';
import type { ContactPick, ContactsAsk, ContactSort } from './pick';
import { profileOf, type ContactProfile } from './profile';

/** Writes whole rows, new and known ones alike, and logs what that changes. Rows are matched by their number. */
export function putContacts(tx: Queryable, rows: readonly ContactRow[]): Promise<number> {
	return tx.run(sql`
		with given as materialized (
			select * from jsonb_populate_recordset(null::contact, ${JSON.stringify(rows)}::jsonb)
		), ${notedChanges}
		insert into contact ${upsert(sql`given`)}`);
}

/** The rest of an `insert into contact` that replaces rows whose number is taken. */
export const upsert = (rows: ReturnType<typeof sql>) => sql`
	select * from ${rows}
	on conflict (cno) do update set
		external_id = excluded.external_id,
		email = excluded.email, email_key = excluded.email_key,
		first_name = excluded.first_name, first_name_key = excluded.first_name_key,
		last_name = excluded.last_name, last_name_key = excluded.last_name_key,
		phone = excluded.phone, phone_key = excluded.phone_key,
		company = excluded.company, company_key = excluded.company_key,
		country = excluded.country, country_key = excluded.country_key,
		region = excluded.region, region_key = excluded.region_key,
		city = excluded.city, city_key = excluded.city_key,
		postcode = excluded.postcode, postcode_key = excluded.postcode_key,
		language = excluded.language, language_key = excluded.language_key,
		time_zone = excluded.time_zone, time_zone_key = excluded.time_zone_key,
		email_consent = excluded.email_consent, email_consent_at = excluded.email_consent_at,
		email_consent_source = excluded.email_consent_source,
		email_consent_source_key = excluded.email_consent_source_key,
		sms_consent = excluded.sms_consent, sms_consent_at = excluded.sms_consent_at,
		sms_consent_source = excluded.sms_consent_source,
		sms_consent_source_key = excluded.sms_consent_source_key,
		created_at = excluded.created_at, updated_at = excluded.updated_at,
		archived_at = excluded.archived_at,
		fields = excluded.fields, keys = excluded.keys`;

export interface ContactPageAsk extends ContactsAsk {
	/** Left out: who was added last comes first. */
	readonly sort?: ContactSort | undefined;
	readonly offset: number;
	readonly limit: number;
}

export interface ContactPage {
	/** How many there are in all. */
	readonly total: number;
	readonly contacts: readonly ListedContact[];
}

/** A contact to add by hand. */
export interface NewContact {
	readonly uid: string;
	readonly values: readonly ValueChange[];
	/** Ids */
	readonly tags: readonly string[];
	readonly lists: readonly string[];
}

/**
 * What the worker answers about contacts. `publish` hears how far a change of many is; `erasing` does a write
 * that erases when nothing is kept of it beside the database; `campaigns` knows who is in a step of an audience, and of
 * whom what is told in a report.
 */
export function contactsApi(
	database: Database,
	cache: MemberCache,
	publish: Publish = () => {},
	erasing = <T>(erase: () => Promise<T>): Promise<T> => erase(),
	campaigns?: CampaignParts
) {
	const sets = new ContactSets(database, cache, campaigns);
	const orders = new ContactOrders(database);

	/** So many contact numbers from one on, and how many there are in all. */
	const numbersOf = async (
		{ sort, offset, limit, ...ask }: ContactPageAsk,
		moment: Moment
	): Promise<{ total: number; cnos: number[] }> => {
		const set = await sets.of(ask, moment);
		if (!sort) return { total: set.count, cnos: lastOf(set, offset, limit) };
		const order = await orders.at(sort);
		const cnos: number[] = [];
		let skip = offset;
		for (let i = 0; i < order.length && cnos.length < limit; i++)
			if (set.has(order[i]!) && skip-- <= 0) cnos.push(order[i]!);
		return { total: set.count, cnos };
	};

	return {
		/** A window of the table of contacts. */
		async contactPage(ask: ContactPageAsk, moment: Moment): Promise<ContactPage> {
			const { total, cnos } = await numbersOf(ask, moment);
			return { total, contacts: await listedContacts(database, cnos) };
		},

		/** The numbers of the contacts in a window of the table, for selecting from one row to another. */
		async contactNumbers(ask: ContactPageAsk, moment: Moment): Promise<readonly number[]> {
			return (await numbersOf(ask, moment)).cnos;
		},

		/** A contact by its number or uid, archived ones too. */
		async contactProfile(key: number | string): Promise<ContactProfile | undefined> {
			return profileOf(database, key);
		},

		/** How many contacts have an address, archived ones too. Two may share one. */
		async contactsWithEmail(email: string): Promise<number> {
			if (!isStorable(email)) return 0;
			const [row] = await database.rows<{ n: number }>(
				sql`select count(*)::int as n from contact where email_key = ${textKey(email)}`
			);
			return row!.n;
		},

		/** Adds a contact; gives its number. */
		async addContact(write: string, contact: NewContact, now: number): Promise<number> {
			return database.write(write, async (tx) => {
				const { uid, values, tags, lists } = contact;
				const cno = await nextCno(tx);
				const at = new Date(now);
				const empty = { cno, uid, externalId: undefined, archivedAt: undefined, values: {} };
				const row = changeRow(rowOf(empty, new Map()), values, now).row;
				await putContacts(tx, [{ ...row, created_at: at.toISOString() }]);
				await tx.run(
					sql`insert into contact_tag select distinct tag, ${cno}::int, ${at}::timestamptz from unnest(${tags}::text[]) as tag`
				);
				await tx.run(
					sql`insert into list_member select distinct list, ${cno}::int, ${at}::timestamptz from unnest(${lists}::text[]) as list`
				);
				return cno;
			});
		},

		/** Changes values of a contact; gives what takes that back, or null if the contact is gone. */
		async editContact(
			write: string,
			cno: number,
			changes: readonly ValueChange[],
			now: number
		): Promise<readonly ValueChange[] | null> {
			return database.write(write, async (tx) => {
				const [found] = await tx.rows<{ row: ContactRow }>(
					sql`select to_jsonb(contact) as row from contact where cno = ${cno}::int`
				);
				if (!found) return null;
				const { row, before } = changeRow(found.row, changes, now);
				await putContacts(tx, [row]);
				return before;
			});
		},

		/** What goes with a contact that is erased. */
		async contactTraces(cno: number): Promise<ContactTraces> {
			return tracesOf(database, cno);
		},

		/** Deletes a contact and all that is kept about it, for good. Gives whether it was there. */
		async eraseContact(write: string, uid: string): Promise<boolean> {
			return erasing(() => database.write(write, (tx) => eraseContact(tx, uid)));
		},

		/**
		 * Tags, lists, archives or restores many contacts, in slices of which each is all or nothing. Gives how many
		 * changed. Progress is told under the write's id.
		 */
		async changeContacts(
			write: string,
			act: BulkAct,
			pick: ContactPick,
			moment: Moment
		): Promise<number> {
			return changeMany(
				database,
				write,
				() => sets.picked(pick, moment),
				(cnos) => changeOf(act, cnos, moment.now),
				(done, total) => publish({ type: 'progress', job: write, done, total })
			);
		},

		/** Takes back what a write of `changeContacts` changed, or of the removal of a tag or a list. */
		async undoContacts(write: string, of: string): Promise<number> {
			return takeBack(database, write, of);
		}
	};
}
