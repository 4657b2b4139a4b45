import type { Queryable } from '$lib/db/db';
import type { Comparable } from '$lib/fields/value';
import type {
	EventColumns,
	FieldColumn,
	GroupsColumn,
	Mirror,
	MirrorPart
} from '$lib/rules/mirror/columns';
import { Tallies } from '$lib/rules/mirror/tallies';
import { fieldSql } from '$lib/rules/stored';
import { join, sql, type Sql } from '$lib/sql';
import { keyOf } from './held-parts';
import { copyArrays } from './read-arrays';
import { isNumber } from './read-columns';
import { readKeys } from './read-events';
import { readGroupsOf, type GroupsPart } from './read-groups';

type FieldPart = Extract<MirrorPart, { type: 'field' }>;
type EventPart = Extract<MirrorPart, { type: 'events' }>;
export type ExcerptPart = FieldPart | EventPart | GroupsPart;

/** More events than this of a few contacts take longer to read than the database takes to answer. */
const mostAtOnce = 100_000;

export const isInExcerpts = (part: MirrorPart): part is ExcerptPart => part.type !== 'everyone';

/**
 * A mirror of a few contacts alone, in which each has its place among `cnos` for a number: read by a few statements,
 * however many conditions are asked of it. Nothing where that is too much to read.
 */
export async function readExcerpt(
	database: Queryable,
	parts: readonly ExcerptPart[],
	cnos: readonly number[]
): Promise<Mirror | undefined> {
	const places = new Map(cnos.map((cno, place) => [cno, place]));
	const unique = [...new Map(parts.map((part) => [keyOf(part), part])).values()];
	const events = await readEvents(
		database,
		unique.filter((part) => part.type === 'events'),
		places
	);
	if (!events) return;
	const fields = await readFields(
		database,
		unique.filter((part) => part.type === 'field'),
		places
	);
	const groups = await readGroups(
		database,
		unique.filter((part) => part.type === 'groups'),
		places
	);
	return {
		size: cnos.length,
		everyone() {
			throw new Error('An excerpt does not know everyone.');
		},
		field: (part) => fields.get(keyOf(part))!, // it was asked for
		events: (part) => events.get(keyOf(part))!,
		groups: (part) => groups.get(keyOf(part))!,
		tallies: new Tallies()
	};
}

type Places = ReadonlyMap<number, number>;

async function readEvents(
	database: Queryable,
	parts: readonly EventPart[],
	places: Places
): Promise<ReadonlyMap<string, EventColumns> | undefined> {
	if (parts.length === 0) return new Map();
	const types = [...new Set(parts.map(({ eventType }) => eventType))];
	const arrays = await copyArrays(
		database,
		sql`
		select array_agg(type), array_agg(at), array_agg(cno), array_agg(value), array_agg(ref) from (
			select array_position(${types}::text[], event_type.id) as type, at, cno, value, ref
			from event join event_type on event_type.no = event.type
			where cno = any(${[...places.keys()]}::int[]) and event_type.id = any(${types}::text[])
			order by at limit ${mostAtOnce + 1}::int
		) as event`
	);
	const type = arrays.int4();
	if (type.length > mostAtOnce) return;
	const [at, cno, value, ref] = [
		arrays.timestamptz(),
		arrays.int4().map((one) => places.get(one)!),
		arrays.float8(),
		arrays.int4()
	];
	const nos = parts.some((part) => part.ref) ? [...new Set(ref)].filter((no) => no >= 0) : [];
	const refPlaces = new Map(nos.map((no, place) => [no, place]));
	const refs = await readKeys(database, refPlaces);
	const columnsOf = (part: EventPart): EventColumns => {
		const isOfType = (_: unknown, i: number) => types[type[i]! - 1] === part.eventType;
		return {
			at: at.filter(isOfType),
			cno: cno.filter(isOfType),
			value: value.filter(isOfType),
			ref: part.ref ? ref.filter(isOfType).map((no) => refPlaces.get(no) ?? -1) : undefined,
			refs
		};
	};
	return new Map(parts.map((part) => [keyOf(part), columnsOf(part)]));
}

async function readFields(
	database: Queryable,
	parts: readonly FieldPart[],
	places: Places
): Promise<ReadonlyMap<string, FieldColumn>> {
	if (parts.length === 0) return new Map();
	const rows = await database.rows<{ cno: number; values: (Comparable | null)[] }>(sql`
		select cno, to_jsonb(array[${join(parts.map(valueSql), sql`, `)}]) as values
		from contact where cno = any(${[...places.keys()]}::int[])`);
	const columnOf = ({ family }: FieldPart, i: number): FieldColumn => {
		const known = rows.flatMap(({ cno, values }) => {
			const value = values[i];
			return value === null || value === undefined ? [] : [{ place: places.get(cno)!, value }];
		});
		if (isNumber(family)) {
			const numbers = new Float64Array(places.size).fill(NaN);
			for (const { place, value } of known) numbers[place] = Number(value);
			return { type: 'numbers', numbers };
		}
		const codes = new Int32Array(places.size).fill(-1);
		for (const [code, { place }] of known.entries()) codes[place] = code;
		return { type: 'coded', codes, values: known.map(({ value }) => value) };
	};
	return new Map(parts.map((part, i) => [keyOf(part), columnOf(part, i)]));
}

async function readGroups(
	database: Queryable,
	parts: readonly GroupsPart[],
	places: Places
): Promise<ReadonlyMap<string, GroupsColumn>> {
	const found = new Map<string, GroupsColumn>();
	for (const part of parts) {
		const { cnos, ...groups } = await readGroupsOf(database, part, [...places.keys()]);
		found.set(keyOf(part), { ...groups, cnos: cnos.map((cno) => places.get(cno)!) });
	}
	return found;
}

/** As JSON: instants in whole epoch milliseconds. */
function valueSql({ field, family }: FieldPart): Sql {
	const value = fieldSql(field, family);
	return family === 'datetime'
		? sql`to_jsonb(floor(extract(epoch from ${value}) * 1000))`
		: sql`to_jsonb(${value})`;
}
