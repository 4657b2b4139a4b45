import { isStandard, type Family, type StandardFieldId } from '$lib/fields/field';
import { segmentsOf } from '$lib/fields/path';
import { sql, type Sql } from '$lib/sql';

/**
 * A contact's value in a field, or what a path leads to in it, in the form it is compared in; null where it is missing.
 * Speaks of a row `contact`.
 */
export const fieldSql = (id: string, family: Family, path?: string): Sql =>
	isStandard(id) ? columns[id].key : keptSql(sql`contact.keys`, id, family, path);

/**
 * The same as it was written: a standard field as its column has it, a custom one as JSON, whatever its type. Null where
 * nothing was.
 */
export const writtenSql = (id: string): Sql =>
	isStandard(id) ? columns[id].written : sql`contact.fields -> ${id}`;

/** A comparable value among those kept together as one JSON object, or what a path leads to in it. */
export const keptSql = (keys: Sql, id: string, family: Family, path: string | undefined): Sql =>
	path === undefined
		? comparableSql(sql`${keys} -> ${id}`, family)
		: comparableSql(sql`${keys} #> ${[id, ...stepsTo(path, family)]}::text[]`, family);

/** A part of a JSON value, or what a path leads to below it, as a family compares it. `part` is a `Keyed`. */
export const partSql = (part: Sql, family: Family, path: string | undefined): Sql =>
	comparableSql(sql`${part} #> ${stepsTo(path, family)}::text[]`, family);

/** The way through a `Keyed` to the form of a family; `json` is compared as a whole. */
const stepsTo = (path: string | undefined, family: Family): readonly string[] => [
	...(path === undefined ? [] : segmentsOf(path).flatMap((segment) => ['in', segment])),
	...(family === 'json' ? [] : [family])
];

/** A comparable value kept as JSON. One of another type than expected is missing, and no cast can fail on it. */
export function comparableSql(json: Sql, family: Family): Sql {
	switch (family) {
		case 'text':
		case 'select':
		case 'date':
			return sql`case jsonb_typeof(${json}) when 'string' then (${json}) #>> '{}' end`;
		case 'number':
			return sql`case jsonb_typeof(${json}) when 'number' then (${json})::float8 end`;
		case 'boolean':
			return sql`case jsonb_typeof(${json}) when 'boolean' then (${json})::boolean end`;
		case 'datetime':
			return sql`case jsonb_typeof(${json}) when 'number' then to_timestamp((${json})::float8 / 1000) end`;
		case 'multiselect':
			// Of a JSON value it is one form of several.
			return sql`case jsonb_typeof(${json}) when 'array' then ${json} when 'object' then (${json}) -> 'multiselect' end`;
		case 'json':
			return sql`case jsonb_typeof((${json}) -> 'in') when 'object' then ${json} end`;
	}
}

/** A standard field's column as it was written, and as it is compared: for text two, for all else the same one. */
const columns: Record<StandardFieldId, { readonly written: Sql; readonly key: Sql }> = {
	email: { written: sql`contact.email`, key: sql`contact.email_key` },
	first_name: { written: sql`contact.first_name`, key: sql`contact.first_name_key` },
	last_name: { written: sql`contact.last_name`, key: sql`contact.last_name_key` },
	phone: { written: sql`contact.phone`, key: sql`contact.phone_key` },
	company: { written: sql`contact.company`, key: sql`contact.company_key` },
	country: { written: sql`contact.country`, key: sql`contact.country_key` },
	region: { written: sql`contact.region`, key: sql`contact.region_key` },
	city: { written: sql`contact.city`, key: sql`contact.city_key` },
	postcode: { written: sql`contact.postcode`, key: sql`contact.postcode_key` },
	language: { written: sql`contact.language`, key: sql`contact.language_key` },
	time_zone: { written: sql`contact.time_zone`, key: sql`contact.time_zone_key` },
	email_consent: { written: sql`contact.email_consent`, key: sql`contact.email_consent` },
	email_consent_at: { written: sql`contact.email_consent_at`, key: sql`contact.email_consent_at` },
	email_consent_source: {
		written: sql`contact.email_consent_source`,
		key: sql`contact.email_consent_source_key`
	},
	sms_consent: { written: sql`contact.sms_consent`, key: sql`contact.sms_consent` },
	sms_consent_at: { written: sql`contact.sms_consent_at`, key: sql`contact.sms_consent_at` },
	sms_consent_source: {
		written: sql`contact.sms_consent_source`,
		key: sql`contact.sms_consent_source_key`
	},
	created_at: { written: sql`contact.created_at`, key: sql`contact.created_at` },
	updated_at: { written: sql`contact.updated_at`, key: sql`contact.updated_at` }
};
