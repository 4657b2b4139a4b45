import type { Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';
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
