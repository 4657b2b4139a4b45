import { builtInEventTypes } from '$lib/events/event-type';
import { isStandard } from '$lib/fields/field';
import { segmentsOf } from '$lib/fields/path';
import { unreachable } from '$lib/result';
import { propertyOf } from '$lib/rules/conditions/event/property';
import type { LooseValues } from '$lib/rules/asked-values';
import type { JsonSource, ValueSource } from '$lib/rules/editing/value-source';
import { itemsSql } from '$lib/rules/operators/json';
import { comparableSql, fieldSql, keptSql, partSql, writtenSql } from '$lib/rules/stored';
import { sql, type Sql } from '$lib/sql';

/** The contacts that are looked at. */
export interface Among {
	/** As a condition on a row `contact`. */
	readonly contact: Sql;
	/** As a condition on a column with contact numbers. */
	is(cno: Sql): Sql;
}

export const everyone: Among = {
	contact: sql`contact.archived_at is null`,
	is: (cno) => sql`${cno} in (select cno from contact where archived_at is null)`
};

/** Rows of `key` (as compared), `value` (as it is given to a rule) and `n` contacts that have it so. */
export function valuesSql(source: ValueSource, among: Among, now: number): Sql {
	switch (source.of) {
		case 'field': {
			if (source.item !== undefined) return valuesInItemsSql(source, among, now);
			const key = fieldSql(source.field, source.family, source.path);
			const from = sql`from contact where ${among.contact}`;
			if (source.family === 'multiselect')
				return sql`
					select option as key, option as value, count(*) as n from (select ${key} as options ${from}) as given,
					jsonb_array_elements_text(options) as option group by option`;
			const value = source.family === 'text' ? shownSql(source.field, source.path) : key;
			return sql`
				select key, value, count(*) as n from (select ${key} as key, ${value} as value ${from}) as given
				where key is not null group by key, value`;
		}
		case 'property': {
			if (source.item !== undefined) return valuesInItemsSql(source, among, now);
			const { key, value } = propertySql(source);
			const given = sql`select event.cno, ${key} as key, ${value} as value ${eventsSql(source.types, among, now)}`;
			// Somebody who did it twice is counted once.
			if (source.family === 'multiselect')
				return sql`
					select option as key, option as value, count(distinct cno) as n from (${given}) as given,
					jsonb_array_elements_text(key) as option group by option`;
			return sql`
				select key, min(value) as value, count(*) as n
				from (select cno, key, min(value) as value from (${given}) as given where key is not null group by cno, key) as once
				group by key`;
		}
		case 'tag':
			return sql`select tag as key, tag as value, count(*) as n from contact_tag where ${among.is(sql`cno`)} group by tag`;
		case 'list':
			return sql`select list as key, list as value, count(*) as n from list_member where ${among.is(sql`cno`)} group by list`;
		default:
			return unreachable(source);
	}
}

/** The number of contacts that have any value at all. */
export function havingSql(source: ValueSource, among: Among, now: number): Sql {
	switch (source.of) {
		case 'field': {
			if (source.item !== undefined)
				return sql`select count(distinct cno)::int as n from (${itemPartsSql(source, among, now)}) as part where key is not null`;
			const key = fieldSql(source.field, source.family, source.path);
			return sql`select count(*)::int as n from contact where ${among.contact} and ${key} is not null`;
		}
		case 'property': {
			if (source.item !== undefined)
				return sql`select count(distinct cno)::int as n from (${itemPartsSql(source, among, now)}) as part where key is not null`;
			const { key } = propertySql(source);
			return sql`select count(distinct event.cno)::int as n ${eventsSql(source.types, among, now)} and ${key} is not null`;
		}
		case 'tag':
			return sql`select count(distinct cno)::int as n from contact_tag where ${among.is(sql`cno`)}`;
		case 'list':
			return sql`select count(distinct cno)::int as n from list_member where ${among.is(sql`cno`)}`;
		default:
			return unreachable(source);
	}
}

/**
 * What was written and does not read as its type, as one JSON list of `[value, times]`: of fields once a contact, of
 * properties once an event, whenever it was.
 */
export function unreadableSql(source: LooseValues['source']): Sql {
	const given = (written: Sql, key: Sql, from: Sql) => sql`
		select coalesce(json_agg(json_build_array(value, n)), '[]')::text as given
		from (select ${written} as value, count(*) as n ${from} and ${written} is not null and ${key} is null group by 1) as value`;
	if (source.of === 'field')
		return given(
			writtenSql(source.field),
			fieldSql(source.field, source.family),
			sql`from contact where ${everyone.contact}`
		);
	const { key } = propertySql(source);
	const written = sql`event_property.properties -> ${source.property}`;
	return given(written, key, eventsSql(source.types, everyone, Infinity));
}

const eventsSql = (types: readonly string[], among: Among, now: number): Sql => sql`
	from event
	left join ref on ref.no = event.ref
	left join event_property on event_property.event = event.no
	where event.type = any(array(select no from event_type where id = any(${types}::text[])))
	${now === Infinity ? sql`` : sql`and event.at <= ${new Date(now)}`}
	and ${among.is(sql`event.cno`)}`;

const builtIn = new Map(builtInEventTypes.map((type) => [type.id, type]));

type PropertySource = ValueSource & { readonly of: 'property' };

/** An event's property as it is compared and as it is given to a rule. */
function propertySql({ types, property, family, path }: PropertySource): { key: Sql; value: Sql } {
	const column = propertyOf(types, property, builtIn)?.column;
	if (column === 'value') return { key: sql`event.value`, value: sql`event.value` };
	if (column === 'ref') return { key: sql`ref.key`, value: sql`ref.text` };
	const key = keptSql(sql`event_property.keys`, property, family, path);
	const shown = partTextSql(sql`event_property.properties -> ${property}`, path);
	return { key, value: family === 'text' ? shown : key };
}

/** A text field as it was written, as text. */
const shownSql = (id: string, path: string | undefined): Sql =>
	isStandard(id) ? writtenSql(id) : partTextSql(writtenSql(id), path);

const partTextSql = (json: Sql, path: string | undefined): Sql =>
	sql`(${json}) #>> ${segmentsIn(path)}::text[]`;

const segmentsIn = (path: string | undefined): readonly string[] => (path ? segmentsOf(path) : []);

/** Values in the items of lists. A contact with many such items is counted once. */
function valuesInItemsSql(source: JsonSource, among: Among, now: number): Sql {
	const parts = itemPartsSql(source, among, now);
	if (source.family === 'multiselect')
		return sql`
			select option as key, option as value, count(distinct cno) as n from (${parts}) as part,
			jsonb_array_elements_text(key) as option group by option`;
	const value = source.family === 'text' ? sql`shown` : sql`key`;
	return sql`select key, min(${value}) as value, count(distinct cno) as n from (${parts}) as part where key is not null group by key`;
}

/** What is asked about of each item, as rows of `cno`, `key` and `shown`. */
function itemPartsSql(source: JsonSource, among: Among, now: number): Sql {
	const { family, path, item } = source;
	const lists = jsonSql(source, among, now);
	const place = sql`${segmentsIn(path)}::text[] || item.place || ${segmentsIn(item)}::text[]`;
	return sql`
		select cno, ${partSql(sql`item.part`, family, item || undefined)} as key, written #>> (${place}) as shown
		from (${lists}) as given, ${itemsSql(sql`given.key`)}`;
}

/** JSON values as they were written, and what their path leads to as it is compared: rows of `cno`, `written` and `key`. */
function jsonSql(source: JsonSource, among: Among, now: number): Sql {
	const whole = { ...source, family: 'json' } as const;
	if (whole.of === 'field')
		return sql`
			select contact.cno, ${writtenSql(whole.field)} as written, ${fieldSql(whole.field, 'json', whole.path)} as key
			from contact where ${among.contact}`;
	const written = sql`event_property.properties -> ${whole.property}`;
	return sql`select event.cno, ${written} as written, ${propertySql(whole).key} as key ${eventsSql(whole.types, among, now)}`;
}

/** So many JSON values, or parts of them, as they were written, in a column `written`. */
export const writtenJsonSql = (source: JsonSource, limit: number): Sql =>
	sql`
		select given.written #> ${segmentsIn(source.path)}::text[] as written
		from (${jsonSql(source, everyone, Infinity)}) as given
		where given.key is not null limit ${limit}::int`;
