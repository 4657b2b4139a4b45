import type { Queryable } from '$lib/db/db';
import type { Family } from '$lib/fields/field';
import type { Comparable } from '$lib/fields/value';
import type { EventColumns, FieldColumn, MirrorPart } from '$lib/rules/mirror/columns';
import { fieldSql } from '$lib/rules/stored';
import { sql, type Sql } from '$lib/sql';
import { BinaryArrays } from './binary-arrays';
import { numbersIn } from './numbers-in';

/** More different values than this are the database's: a table of them would be as long as the column. */
const mostValues = 20_000;
/** More different references than this, likewise. */
const mostRefs = 200_000;
/** Events, and contacts, read by one statement, between which other questions are answered. */
const eventsAtOnce = 100_000;
const contactsAtOnce = 100_000;

const isNumber = (family: Family): boolean => family === 'number' || family === 'datetime';

/**
 * A field of all contacts; nothing where a column of it would be no shorter than the table. `pause` lets others ask in
 * between.
 */
export async function readField(
	database: Queryable,
	{ field, family }: Extract<MirrorPart, { type: 'field' }>,
	pause: () => Promise<void>
): Promise<FieldColumn | undefined> {
	const [{ size } = { size: 0 }] = await database.rows<{ size: number }>(
		sql`select coalesce(max(cno) + 1, 0)::int as size from contact`
	);
	const slices: Slices = { value: fieldSql(field, family), size, pause };
	return isNumber(family) ? readNumbers(database, slices, family) : readCodes(database, slices);
}

/** A value of all contacts, read some contacts at once. */
interface Slices {
	readonly value: Sql;
	readonly size: number;
	readonly pause: () => Promise<void>;
}

/** ` from …` of the contacts of each slice that have the value, as `cno` and `value`. */
async function* slicesOf({ value, size, pause }: Slices): AsyncGenerator<Sql> {
	for (let from = 0; from < size; from += contactsAtOnce) {
		if (from > 0) await pause();
		const among = sql`cno >= ${from}::int and cno < ${from + contactsAtOnce}::int`;
		yield sql` from (select cno, ${value} as value from contact where ${among}) as contact where value is not null`;
	}
}

async function readNumbers(
	database: Queryable,
	slices: Slices,
	family: Family
): Promise<FieldColumn> {
	const numbers = new Float64Array(slices.size).fill(NaN);
	for await (const slice of slicesOf(slices)) {
		const arrays = await copyArrays(database, sql`select array_agg(cno), array_agg(value)${slice}`);
		const cnos = arrays.int4();
		const values = family === 'number' ? arrays.float8() : arrays.timestamptz();
		for (let i = 0; i < cnos.length; i++) numbers[cnos[i]!] = values[i]!;
	}
	return { type: 'numbers', numbers };
}

async function readCodes(database: Queryable, slices: Slices): Promise<FieldColumn | undefined> {
	const codes = new Int32Array(slices.size).fill(-1);
	const values: Comparable[] = [];
	/** By their JSON: lists are the same when what is in them is. */
	const known = new Map<string, number>();
	for await (const slice of slicesOf(slices)) {
		const rows = await database.rows<{ value: Comparable; cnos: string }>(
			sql`select value, array_agg(cno)::text as cnos${slice} group by value limit ${mostValues + 1}::int`
		);
		for (const { value, cnos } of rows) {
			const key = JSON.stringify(value);
			const code = known.get(key) ?? values.push(value) - 1;
			known.set(key, code);
			for (const cno of numbersIn(cnos)) codes[cno] = code;
		}
		if (values.length > mostValues) return;
	}
	return { type: 'coded', codes, values };
}

/** All events of a type; nothing where their references are too many to hold. `pause` lets others ask in between. */
export async function readEvents(
	database: Queryable,
	{ eventType, ref }: Extract<MirrorPart, { type: 'events' }>,
	pause: () => Promise<void>
): Promise<EventColumns | undefined> {
	const [type] = await database.rows<{ no: number }>(
		sql`select no from event_type where id = ${eventType}`
	);
	const no = type?.no ?? -1;
	const refs = ref ? await readRefs(database, no) : new Map<number, number>();
	if (!refs) return;

	const slices: EventSlice[] = [];
	let after = -Infinity;
	let limit = eventsAtOnce;
	for (;;) {
		const slice = await readSlice(database, no, ref, after, limit);
		const last = slice.at.at(-1);
		const isLast = slice.at.length < limit;
		// More may have happened at the last instant than this slice holds: the next one begins with it.
		const kept = isLast ? slice.at.length : slice.at.indexOf(last!);
		if (kept > 0) slices.push(cut(slice, kept));
		if (isLast || last === undefined) break;
		if (kept === 0) limit *= 4;
		after = last;
		await pause();
	}
	const value = joined(
		slices.map(({ value }) => value),
		Float64Array
	);
	const codes = ref
		? joined(
				slices.map((slice) => slice.ref),
				Int32Array
			)
		: undefined;
	return {
		at: joined(
			slices.map(({ at }) => at),
			Float64Array
		),
		cno: joined(
			slices.map(({ cno }) => cno),
			Int32Array
		),
		value: value.some((one) => one === one) ? value : undefined,
		ref: codes?.map((no) => refs.get(no) ?? -1),
		refs: await readKeys(database, refs)
	};
}

interface EventSlice {
	readonly at: Float64Array;
	readonly cno: Int32Array;
	readonly value: Float64Array;
	readonly ref: Int32Array;
}

/** The next so many events in order of time. */
async function readSlice(
	database: Queryable,
	type: number,
	ref: boolean,
	after: number,
	limit: number
): Promise<EventSlice> {
	const since = after === -Infinity ? sql`` : sql` and at >= ${new Date(after)}`;
	const refs = ref ? sql`, array_agg(ref)` : sql``;
	const arrays = await copyArrays(
		database,
		sql`select array_agg(at), array_agg(cno), array_agg(value)${refs} from (select * from event where type = ${type}::int${since} order by at limit ${limit}::int) as event`
	);
	return {
		at: arrays.timestamptz(),
		cno: arrays.int4(),
		value: arrays.float8(),
		ref: ref ? arrays.int4() : new Int32Array()
	};
}

const cut = ({ at, cno, value, ref }: EventSlice, length: number): EventSlice => ({
	at: at.subarray(0, length),
	cno: cno.subarray(0, length),
	value: value.subarray(0, length),
	ref: ref.subarray(0, length)
});

/** The place of each reference of these events among their keys. */
async function readRefs(
	database: Queryable,
	type: number
): Promise<Map<number, number> | undefined> {
	const [row] = await database.rows<{ nos: number[] | null }>(
		sql`select array_agg(ref) as nos from (select distinct ref from event where type = ${type}::int and ref is not null limit ${mostRefs + 1}::int) as ref`
	);
	const nos = row?.nos ?? [];
	return nos.length > mostRefs ? undefined : new Map(nos.map((no, place) => [no, place]));
}

async function readKeys(database: Queryable, refs: ReadonlyMap<number, number>): Promise<string[]> {
	const keys: string[] = [];
	if (refs.size === 0) return keys;
	const rows = await database.rows<{ no: number; key: string }>(
		sql`select no, key from ref where no = any(${[...refs.keys()]}::int[])`
	);
	for (const { no, key } of rows) keys[refs.get(no)!] = key;
	return keys;
}

const copyArrays = async (database: Queryable, select: Sql): Promise<BinaryArrays> =>
	new BinaryArrays(await database.copyOut(select));

function joined<A extends Float64Array | Int32Array>(
	parts: readonly A[],
	Kind: new (length: number) => A
): A {
	const all = new Kind(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
