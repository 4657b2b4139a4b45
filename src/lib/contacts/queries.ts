import type { Database, Queryable } from '$lib/db/db';
import type { MemberCache } from '$lib/membership/members';
import { evaluate } from '$lib/membership/evaluate';
import type { Rule } from '$lib/rules/rule';
import { join, sql } from '$lib/sql';
import { textKey } from '$lib/text-key';
import type { Moment } from '$lib/time/moment';
import { contactOf, type Contact, type ContactRow } from './contact';

/** Writes whole rows, new and known ones alike. Rows are matched by their number. */
export function putContacts(tx: Queryable, rows: readonly ContactRow[]): Promise<number> {
	return tx.run(
		sql`insert into contact ${upsert(sql`jsonb_populate_recordset(null::contact, ${JSON.stringify(rows)}::jsonb)`)}`
	);
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

/** The number the next new contact gets. Numbers are dense and never used again. */
export async function nextCno(tx: Queryable): Promise<number> {
	const [row] = await tx.rows<{ next: number }>(
		sql`select coalesce(max(cno) + 1, 0)::int as next from contact`
	);
	return row!.next;
}

export async function contactsByCno(db: Queryable, cnos: readonly number[]): Promise<Contact[]> {
	const rows = await db.rows<{ row: ContactRow }>(
		sql`select to_jsonb(contact) as row from contact where cno = any(${cnos}::int[]) order by cno`
	);
	return rows.map(({ row }) => contactOf(row));
}

export interface ContactPageAsk {
	/** Only members of this rule. */
	readonly rule?: Rule;
	/** Words that must all stand in name, e-mail or company. */
	readonly search?: string;
	readonly sort?: { readonly by: ContactSort; readonly descending: boolean };
	readonly offset: number;
	readonly limit: number;
}

export type ContactSort = 'name' | 'email' | 'country' | 'created_at' | 'updated_at';

export interface ContactPage {
	/** How many there are in all. */
	readonly total: number;
	readonly contacts: readonly Contact[];
}

/** What the worker answers about contacts. */
export function contactsApi(database: Database, cache: MemberCache) {
	return {
		/** A window of the table of contacts, in SQL from end to end. */
		async contactPage(ask: ContactPageAsk, moment: Moment): Promise<ContactPage> {
			const members = await cache.at(moment);
			const set = ask.rule
				? (await evaluate(ask.rule, members)).and(members.everyone)
				: members.everyone;
			const words = textKey(ask.search ?? '')
				.split(/\s+/)
				.filter(Boolean);
			if (words.length === 0 && !ask.sort) {
				const cnos = slice(set, ask.offset, ask.limit);
				return { total: set.count, contacts: await contactsByCno(database, cnos) };
			}
			const found = sql`
				from contact
				where archived_at is null
				${ask.rule ? sql`and cno = any(${[...set]}::int[])` : sql``}
				${words.length > 0 ? sql`and ${join(words.map(standsIn), sql` and `)}` : sql``}`;
			const [count] =
				words.length > 0
					? await database.rows<{ n: number }>(sql`select count(*)::int as n ${found}`)
					: [{ n: set.count }];
			const rows = await database.rows<{ row: ContactRow }>(
				sql`select to_jsonb(contact) as row ${found} order by ${orderOf(ask.sort)}, cno limit ${ask.limit}::int offset ${ask.offset}::int`
			);
			return { total: count!.n, contacts: rows.map(({ row }) => contactOf(row)) };
		}
	};
}

function slice(set: Iterable<number>, offset: number, limit: number): number[] {
	const cnos: number[] = [];
	let at = 0;
	for (const cno of set) {
		if (at++ < offset) continue;
		if (cnos.length === limit) break;
		cnos.push(cno);
	}
	return cnos;
}

const standsIn = (word: string) =>
	sql`strpos(concat_ws(' ', first_name_key, last_name_key, email_key, company_key), ${word}) > 0`;

/** Contacts without a value come last either way. */
function orderOf(sort: ContactPageAsk['sort']) {
	const by = columns[sort?.by ?? 'name'];
	return sort?.descending ? sql`${by} desc nulls last` : sql`${by} nulls last`;
}

const columns: Record<ContactSort, ReturnType<typeof sql>> = {
	name: sql`nullif(concat_ws(' ', last_name_key, first_name_key), '') collate "C"`,
	email: sql`email_key`,
	country: sql`country_key`,
	created_at: sql`created_at`,
	updated_at: sql`updated_at`
};
