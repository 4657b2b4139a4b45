import type { Database, Queryable } from '$lib/db/db';
import { builtInEventTypes } from '$lib/events/event-type';
import { isStandard, type Family, type StandardFieldId } from '$lib/fields/field';
import { sayValue } from '$lib/fields/say';
import { evaluate } from '$lib/membership/evaluate';
import type { MemberCache } from '$lib/membership/members';
import { unreachable } from '$lib/result';
import { propertyOf } from '$lib/rules/conditions/event/event';
import type { ValueCount, ValueCounts, ValueSource } from '$lib/rules/editing/value-source';
import type { Rule } from '$lib/rules/rule';
import { comparableSql, fieldSql } from '$lib/rules/stored';
import { sql, type Sql } from '$lib/sql';
import { textKey } from '$lib/text-key';
import type { Moment } from '$lib/time/moment';

/** Suggestions at a time: more than that nobody reads. */
const most = 50;
/** Tags, lists and options are all shown in any case, so all are counted. */
const mostSettled = 10_000;
/** So many different values of a field are searched by name, such as countries; there are 250 of those. */
const mostNamed = 3000;

type FieldSource = ValueSource & { readonly of: 'field' };

/** A value of a field that the picker's search found. */
export interface FoundValue extends ValueCount {
	readonly field: string;
}

/** What the worker answers while a rule is being built. Counts are exact, and of contacts that are not archived. */
export function suggestionsApi(database: Database, cache: MemberCache) {
	/** Contact numbers in `within`, as a condition on a column; all that are not archived without it. */
	const among = async (within: Rule | undefined, moment: Moment) => {
		const members = await cache.at(moment);
		const set = within ? await evaluate(within, members) : members.everyone;
		const all = set.count === members.everyone.count;
		const cnos = all ? [] : [...set];
		return {
			count: set.count,
			is: (cno: Sql) =>
				all
					? sql`${cno} in (select cno from contact where archived_at is null)`
					: sql`${cno} = any(${cnos}::int[])`
		};
	};

	return {
		/** The values of a source among the members of `within`; with `search` those in which it stands. */
		async valueCounts(
			source: ValueSource,
			search: string,
			within: Rule | undefined,
			moment: Moment
		): Promise<ValueCounts> {
			const members = await among(within, moment);
			const limit = isSettled(source) ? mostSettled : most;
			const { rows, more } = await countValues(database, source, search, members.is, moment, limit);
			const having = await countHaving(database, source, members.is, moment);
			return { values: rows, more, among: members.count, empty: members.count - having };
		},

		/** How many of these texts are the value of some contact. */
		async knownValues(source: ValueSource, values: readonly string[]): Promise<number> {
			const keys = [...new Set(values.map(textKey))];
			const select = valuesSql(source, () => sql`true`, Infinity);
			const [row] = await database.rows<{ n: number }>(
				sql`select count(distinct key)::int as n from (${select}) as value where key::text = any(${keys}::text[])`
			);
			return row!.n;
		},

		/** A few values of each of these fields in which the words stand, for the picker. */
		async searchValues(search: string, sources: readonly FieldSource[]): Promise<FoundValue[]> {
			const found: FoundValue[] = [];
			const everyone = (cno: Sql) =>
				sql`${cno} in (select cno from contact where archived_at is null)`;
			for (const source of sources) {
				const { rows } = await countValues(database, source, search, everyone, undefined, 3);
				found.push(...rows.map((row) => ({ ...row, field: source.field })));
			}
			return found.sort((a, b) => b.count - a.count);
		},

		/** How many contacts have a value in each of these fields. */
		async filledFields(
			fields: readonly string[]
		): Promise<{ everyone: number; filled: Record<string, number> }> {
			const standard = fields.filter(isStandard);
			const [row] = await database.rows<{ everyone: number; counts: number[] }>(sql`
				select count(*)::int as everyone, array[${standard.reduce(
					(all, id) => sql`${all}, count(${fieldSql(id, 'text')})`,
					sql`0`
				)}]::int[] as counts
				from contact where archived_at is null`);
			const own = await database.rows<{ field: string; n: number }>(sql`
				select field, count(*)::int as n
				from contact, jsonb_object_keys(keys) as field
				where archived_at is null and field = any(${fields}::text[]) group by field`);
			return {
				everyone: row!.everyone,
				filled: Object.fromEntries([
					...fields.map((id) => [id, 0]),
					...standard.map((id, i) => [id, row!.counts[i + 1]!]),
					...own.map(({ field, n }) => [field, n])
				])
			};
		}
	};
}

type Among = (cno: Sql) => Sql;

const isSettled = (source: ValueSource): boolean =>
	!('family' in source) || source.family === 'select' || source.family === 'multiselect';

async function countValues(
	database: Queryable,
	source: ValueSource,
	search: string,
	among: Among,
	moment: Moment | undefined,
	limit: number
): Promise<{ rows: ValueCount[]; more: boolean }> {
	const select = valuesSql(source, among, moment?.now ?? Infinity);
	const words = textKey(search);
	// What is shown by name is searched by name, which only TypeScript knows.
	const named = source.of === 'field' && source.format;
	const found = words !== '' && !named ? sql`where strpos(key::text, ${words}) > 0` : sql``;
	const first = words === '' ? sql`` : sql`starts_with(key::text, ${words}) desc,`;
	const rows = await database.rows<{ value: string | number; count: number }>(sql`
		select to_jsonb((array_agg(value order by n desc, value))[1]) as value, sum(n)::int as count
		from (${select}) as value ${found}
		group by key order by ${first} count desc, key limit ${named ? mostNamed : limit + 1}::int`);
	const matching = named ? rows.filter(({ value }) => standsIn(words, String(value), named)) : rows;
	return { rows: matching.slice(0, limit), more: matching.length > limit };
}

const standsIn = (words: string, code: string, format: 'country' | 'language'): boolean =>
	textKey(code).includes(words) ||
	textKey(sayValue(code, { type: 'text', format })).includes(words);

/** Rows of `key` (as compared), `value` (as it is given to a rule) and `n` contacts that have it so. */
function valuesSql(source: ValueSource, among: Among, now: number): Sql {
	switch (source.of) {
		case 'field': {
			const key = fieldSql(source.field, source.family);
			const from = sql`from contact where ${among(sql`contact.cno`)}`;
			if (source.family === 'multiselect')
				return sql`
					select option as key, option as value, count(*) as n from (select ${key} as options ${from}) as given,
					jsonb_array_elements_text(options) as option group by option`;
			const value = source.family === 'text' ? shownSql(source.field) : key;
			return sql`
				select key, value, count(*) as n from (select ${key} as key, ${value} as value ${from}) as given
				where key is not null group by key, value`;
		}
		case 'property': {
			const { key, value } = propertySql(source.types, source.property, source.family);
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
			return sql`select tag as key, tag as value, count(*) as n from contact_tag where ${among(sql`cno`)} group by tag`;
		case 'list':
			return sql`select list as key, list as value, count(*) as n from list_member where ${among(sql`cno`)} group by list`;
		default:
			return unreachable(source);
	}
}

/** How many contacts have any value at all. */
async function countHaving(
	database: Queryable,
	source: ValueSource,
	among: Among,
	moment: Moment
): Promise<number> {
	const [row] = await database.rows<{ n: number }>(havingSql(source, among, moment.now));
	return row!.n;
}

function havingSql(source: ValueSource, among: Among, now: number): Sql {
	switch (source.of) {
		case 'field': {
			const key = fieldSql(source.field, source.family);
			return sql`select count(*)::int as n from contact where ${among(sql`contact.cno`)} and ${key} is not null`;
		}
		case 'property': {
			const { key } = propertySql(source.types, source.property, source.family);
			return sql`select count(distinct event.cno)::int as n ${eventsSql(source.types, among, now)} and ${key} is not null`;
		}
		case 'tag':
			return sql`select count(distinct cno)::int as n from contact_tag where ${among(sql`cno`)}`;
		case 'list':
			return sql`select count(distinct cno)::int as n from list_member where ${among(sql`cno`)}`;
		default:
			return unreachable(source);
	}
}

const eventsSql = (types: readonly string[], among: Among, now: number): Sql => sql`
	from event
	left join ref on ref.no = event.ref
	left join event_property on event_property.event = event.no
	where event.type = any(array(select no from event_type where id = any(${types}::text[])))
	${now === Infinity ? sql`` : sql`and event.at <= ${new Date(now)}`}
	and ${among(sql`event.cno`)}`;

const builtIn = new Map(builtInEventTypes.map((type) => [type.id, type]));

/** An event's property as it is compared and as it is given to a rule. */
function propertySql(
	types: readonly string[],
	id: string,
	family: Family
): { key: Sql; value: Sql } {
	const column = propertyOf(types, id, builtIn)?.column;
	if (column === 'value') return { key: sql`event.value`, value: sql`event.value` };
	if (column === 'ref') return { key: sql`ref.key`, value: sql`ref.text` };
	const key = comparableSql(sql`event_property.keys -> ${id}`, family);
	return { key, value: family === 'text' ? sql`event_property.properties ->> ${id}` : key };
}

/** A text field as it was written. */
const shownSql = (id: string): Sql =>
	isStandard(id) ? (shown[id] ?? fieldSql(id, 'text')) : sql`contact.fields ->> ${id}`;

const shown: Partial<Record<StandardFieldId, Sql>> = {
	email: sql`contact.email`,
	first_name: sql`contact.first_name`,
	last_name: sql`contact.last_name`,
	phone: sql`contact.phone`,
	company: sql`contact.company`,
	country: sql`contact.country`,
	region: sql`contact.region`,
	city: sql`contact.city`,
	postcode: sql`contact.postcode`,
	language: sql`contact.language`,
	time_zone: sql`contact.time_zone`,
	email_consent_source: sql`contact.email_consent_source`,
	sms_consent_source: sql`contact.sms_consent_source`
};
