import { isStandard, type Family, type StandardFieldId } from '$lib/fields/field';
import { sql, type Sql } from '$lib/sql';

/** A contact's value in a field, in the form it is compared in; null where it is missing. Speaks of a row `contact`. */
export const fieldSql = (id: string, family: Family): Sql =>
	isStandard(id) ? columns[id] : comparableSql(sql`contact.keys -> ${id}`, family);

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
			return sql`case jsonb_typeof(${json}) when 'array' then ${json} end`;
	}
}

const columns: Record<StandardFieldId, Sql> = {
	email: sql`contact.email_key`,
	first_name: sql`contact.first_name_key`,
	last_name: sql`contact.last_name_key`,
	phone: sql`contact.phone_key`,
	company: sql`contact.company_key`,
	country: sql`contact.country_key`,
	region: sql`contact.region_key`,
	city: sql`contact.city_key`,
	postcode: sql`contact.postcode_key`,
	language: sql`contact.language_key`,
	time_zone: sql`contact.time_zone_key`,
	email_consent: sql`contact.email_consent`,
	email_consent_at: sql`contact.email_consent_at`,
	email_consent_source: sql`contact.email_consent_source_key`,
	sms_consent: sql`contact.sms_consent`,
	sms_consent_at: sql`contact.sms_consent_at`,
	sms_consent_source: sql`contact.sms_consent_source_key`,
	created_at: sql`contact.created_at`,
	updated_at: sql`contact.updated_at`
};
