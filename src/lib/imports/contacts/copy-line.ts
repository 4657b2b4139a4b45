import { sql } from '$lib/sql';
import type { Contact } from '$lib/contacts/contact';
import { isStandard, standardFields, familyOf, type Fields } from '$lib/fields/field';
import { comparable, type Comparable, type FieldValue } from '$lib/fields/value';

/**
 * The row that stores a contact as a line of COPY's text format, in the order of `copyContacts`: what `rowOf` gives,
 * in an eighth of the time.
 */
export function contactLine(contact: Contact, fields: Fields): string {
	const { cno, uid, externalId, values, archivedAt } = contact;
	let line = `${cno}\t${escaped(uid)}\t${externalId === undefined ? none : escaped(externalId)}`;
	for (const { id, family, type } of columns) {
		const value = values[id];
		const key = value === undefined ? undefined : comparable(value, type);
		if (key === undefined) line += family === 'text' ? `\t${none}\t${none}` : `\t${none}`;
		else if (family === 'text')
			line += `\t${escaped(String(value).trim())}\t${escaped(String(key))}`;
		else if (family === 'datetime') line += `\t${new Date(Number(key)).toISOString()}`;
		else line += `\t${escaped(String(key))}`;
	}
	const custom: Record<string, FieldValue> = {};
	const keys: Record<string, Comparable> = {};
	for (const id in values) {
		if (isStandard(id)) continue;
		const value = values[id]!;
		custom[id] = value;
		const key = comparable(value, fields.get(id)?.type ?? 'text');
		if (key !== undefined) keys[id] = key;
	}
	return `${line}\t${archivedAt ?? none}\t${json(custom)}\t${json(keys)}\n`;
}

const none = '\\N';

const columns = standardFields.map(({ id, type }) => ({ id, type, family: familyOf(type) }));

/** Takes lines of `contactLine`. */
export const copyContacts = sql`copy contact(
	cno, uid, external_id, email, email_key, first_name, first_name_key, last_name, last_name_key, phone, phone_key,
	company, company_key, country, country_key, region, region_key, city, city_key, postcode, postcode_key,
	language, language_key, time_zone, time_zone_key, email_consent, email_consent_at, email_consent_source,
	email_consent_source_key, sms_consent, sms_consent_at, sms_consent_source, sms_consent_source_key,
	created_at, updated_at, archived_at, fields, keys
) from '/dev/blob'`;

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = {
	'\\': '\\\\',
	'\t': '\\t',
	'\n': '\\n',
	'\r': '\\r'
};

/** Text as COPY reads it. */
export const escaped = (text: string): string =>
	special.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (c) => escapes[c]!) : text;

const json = (value: Readonly<Record<string, unknown>>): string => {
	for (const _ in value) return escaped(JSON.stringify(value));
	return '{}';
};
