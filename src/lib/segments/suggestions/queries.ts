import type { Database, Queryable } from '$lib/db/db';
import { isStandard } from '$lib/fields/field';
import { canonical } from '$lib/json';
import { sayValue } from '$lib/fields/say';
import { evaluate } from '$lib/membership/evaluate';
import type { MemberCache } from '$lib/membership/members';
import type { LooseValues } from '$lib/rules/asked-values';
import type {
	JsonSource,
	NumberSpan,
	PathUse,
	ValueCount,
	ValueCounts,
	ValueSource
} from '$lib/rules/editing/value-source';
import type { Rule } from '$lib/rules/rule';
import { fieldSql } from '$lib/rules/stored';
import { sql, type Sql } from '$lib/sql';
import { isStorable, textKey } from '$lib/text-key';
import type { Moment } from '$lib/time/moment';
import { pathsIn } from './paths';
import {
	everyone,
	havingSql,
	unreadableSql,
	valuesSql,
	writtenJsonSql,
	type Among
} from './value-sql';

/** Suggestions at a time: more than that nobody reads. */
const most = 50;
/** Tags, lists and options are all shown in any case, so all are counted. */
const mostSettled = 10_000;
/** JSON values that are looked at to learn what is in them. */
const sampled = 500;
/** So many different values of a field are searched by name, such as countries; there are 250 of those. */
const mostNamed = 3000;

type FieldSource = ValueSource & { readonly of: 'field' };

/** A value of a field that the picker's search found. */
export interface FoundValue extends ValueCount {
	readonly field: string;
}

/** What the worker answers while a rule is being built. Counts are exact, and of contacts that are not archived. */
export function suggestionsApi(database: Database, cache: MemberCache) {
	const among = async (
		within: Rule | undefined,
		moment: Moment
	): Promise<Among & { count: number }> => {
		const members = await cache.at(moment);
		const set = within ? await evaluate(within, members) : members.everyone;
		if (set.count === members.everyone.count) return { ...everyone, count: set.count };
		const cnos = [...set];
		const is = (cno: Sql) => sql`${cno} = any(${cnos}::int[])`;
		return { contact: is(sql`contact.cno`), is, count: set.count };
	};

	// It is a look through the whole table, and rows come and go while a rule is built.
	const unreadable = new Map<string, Promise<number>>();
	database.onchange(() => unreadable.clear());

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
			const { rows, more, having } = await countValues(
				database,
				source,
				search,
				members,
				moment,
				limit
			);
			const filled = having ?? (await countHaving(database, source, members, moment));
			return { values: rows, more, among: members.count, empty: members.count - filled };
		},

		/** The paths there are in a JSON value, or below it: what a sample of it has. */
		async jsonPaths(source: JsonSource): Promise<readonly PathUse[]> {
			const rows = await database.rows<{ written: unknown }>(writtenJsonSql(source, sampled));
			const values = rows.map(({ written }) => written);
			return pathsIn(source.item === undefined ? values : values.flat());
		},

		/** The lowest and the highest number of a source, of everyone. */
		async numberSpan(source: ValueSource): Promise<NumberSpan | undefined> {
			const select = valuesSql(source, everyone, Infinity);
			const [row] = await database.rows<{ lowest: number | null; highest: number | null }>(
				sql`select min(key) as lowest, max(key) as highest from (${select}) as value`
			);
			const { lowest, highest } = row!;
			return lowest === null || highest === null ? undefined : { lowest, highest };
		},

		/** How many values of a source do not read as its type, and so count as missing. */
		unreadableValues(source: LooseValues['source']): Promise<number> {
			const asked = canonical(source);
			const known = unreadable.get(asked) ?? countUnreadable(database, source);
			unreadable.set(asked, known);
			known.catch(() => unreadable.delete(asked));
			return known;
		},

		/** How many of these texts are the value of some contact. */
		async knownValues(source: ValueSource, values: readonly string[]): Promise<number> {
			const keys = [...new Set(values.filter(isStorable).map(textKey))];
			const select = valuesSql(source, everyone, Infinity);
			const [row] = await database.rows<{ n: number }>(
				sql`select count(distinct key)::int as n from (${select}) as value where key::text = any(${keys}::text[])`
			);
			return row!.n;
		},

		/** A few values of each of these fields in which the words stand, for the picker. */
		async searchValues(search: string, sources: readonly FieldSource[]): Promise<FoundValue[]> {
			const found: FoundValue[] = [];
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

const isSettled = (source: ValueSource): boolean =>
	!('family' in source) || source.family === 'select' || source.family === 'multiselect';

async function countValues(
	database: Queryable,
	source: ValueSource,
	search: string,
	among: Among,
	moment: Moment | undefined,
	limit: number
): Promise<{ rows: ValueCount[]; more: boolean; having: number | undefined }> {
	// Of objects and lists there is nothing to choose from.
	if ('family' in source && source.family === 'json')
		return { rows: [], more: false, having: undefined };
	const select = valuesSql(source, among, moment?.now ?? Infinity);
	const words = textKey(search);
	if (!isStorable(words)) return { rows: [], more: false, having: undefined };
	// What is shown by name is searched by name, which only TypeScript knows.
	const named = source.of === 'field' && source.format;
	const found = words !== '' && !named ? sql`where strpos(key::text, ${words}) > 0` : sql``;
	const first = words === '' ? sql`` : sql`starts_with(key::text, ${words}) desc,`;
	const rows = await database.rows<{ value: string | number; count: number; having: number }>(sql`
		select
			to_jsonb((array_agg(value order by n desc, value))[1]) as value,
			sum(n)::int as count,
			(sum(sum(n)) over ())::int as having
		from (${select}) as value ${found}
		group by key order by ${first} count desc, key limit ${named ? mostNamed : limit + 1}::int`);
	const matching = named ? rows.filter(({ value }) => standsIn(words, String(value), named)) : rows;
	// Where a contact has one value and none was left out, those with a value are all that were counted.
	const single =
		source.of === 'field' && source.family !== 'multiselect' && source.item === undefined;
	return {
		rows: matching.slice(0, limit).map(({ value, count }) => ({ value, count })),
		more: matching.length > limit,
		having: single && (words === '' || named) ? (rows[0]?.having ?? 0) : undefined
	};
}

const standsIn = (words: string, code: string, format: 'country' | 'language'): boolean =>
	textKey(code).includes(words) ||
	textKey(sayValue(code, { type: 'text', format })).includes(words);

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

async function countUnreadable(
	database: Queryable,
	source: LooseValues['source']
): Promise<number> {
	const [row] = await database.rows<{ given: string }>(unreadableSql(source));
	const given = JSON.parse(row!.given) as readonly (readonly [value: unknown, times: number])[]; // as the SQL says
	return given.reduce((sum, [value, times]) => sum + (isBlank(value) ? 0 : times), 0);
}

/** No value, whatever the type. */
const isBlank = (value: unknown): boolean =>
	typeof value === 'string'
		? textKey(value) === ''
		: value === null || (typeof value === 'object' && Object.keys(value).length === 0);
