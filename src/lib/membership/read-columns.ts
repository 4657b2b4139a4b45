import type { Queryable } from '$lib/db/db';
import type { Family } from '$lib/fields/field';
import type { Comparable } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import type {
	EventColumns,
	EveryoneColumn,
	FieldColumn,
	MirrorPart
} from '$lib/rules/mirror/columns';
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

/** A column of the database; nothing where it would be no shorter than the table. `pause` lets others ask in between. */
export async function readPart(
	database: Queryable,
	part: MirrorPart,
	pause: () => Promise<void>
): Promise<FieldColumn | EventColumns | EveryoneColumn | undefined> {
	switch (part.type) {
		case 'everyone':
			return readEveryone(database, pause);
		case 'field':
			return readField(database, part, pause);
		case 'events':
			return readEvents(database, part, pause);
		default:
			return unreachable(part);
	}
}

async function readEveryone(
	database: Queryable,
	pause: () => Promise<void>
): Promise<EveryoneColumn> {
	const size = await sizeOf(database);
	const words = new Int32Array(Math.ceil(size / 32));
	for (let from = 0; from < size; from += contactsAtOnce) {
		if (from > 0) await pause();
		const slice = sql` from contact where archived_at is null and cno >= ${from}::int and cno < ${from + contactsAtOnce}::int`;
		const arrays = await copyArrays(database, sql`select array_agg(cno)${slice}`);
		for (const cno of arrays.int4()) words[cno >>> 5]! |= 1 << (cno & 31);
	}
	return { words };
}

/** One more than the last contact's number. */
async function sizeOf(database: Queryable): Promise<number> {
	const [row] = await database.rows<{ size: number }>(
		sql`select coalesce(max(cno) + 1, 0)::int as size from contact`
	);
	return row!.size;
}

type FieldPart = Extract<MirrorPart, { type: 'field' }>;

async function readField(
	database: Queryable,
	{ field, family }: FieldPart,
	pause: () => Promise<void>
): Promise<FieldColumn | undefined> {
	const size = await sizeOf(database);
	const value = fieldSql(field, family);
	const numbers = isNumber(family) ? new Float64Array(size).fill(NaN) : undefined;
	const codes = new Int32Array(numbers ? 0 : size).fill(-1);
	const values = new ValueCodes([]);
	for (let from = 0; from < size; from += contactsAtOnce) {
		if (from > 0) await pause();
		const slice = sliceOf(value, sql`cno >= ${from}::int and cno < ${from + contactsAtOnce}::int`);
		if (numbers) putNumbers(numbers, await readNumbers(database, slice, family));
		else putCodes(codes, values, await readValues(database, slice));
		if (values.all.length > mostValues) return;
	}
	return numbers ? { type: 'numbers', numbers } : { type: 'coded', codes, values: values.all };
}

/** The column with these contacts read again: in its own memory, where that is long enough. */
export async function patchField(
	database: Queryable,
	{ field, family }: FieldPart,
	column: FieldColumn,
	cnos: readonly number[]
): Promise<FieldColumn | undefined> {
	const slice = sliceOf(fieldSql(field, family), sql`cno = any(${cnos}::int[])`);
	const size = cnos.reduce((size, cno) => Math.max(size, cno + 1), 0);
	if (column.type === 'numbers') {
		const read = await readNumbers(database, slice, family);
		const numbers = lengthened(column.numbers, size, NaN);
		for (const cno of cnos) numbers[cno] = NaN;
		putNumbers(numbers, read);
		return { type: 'numbers', numbers };
	}
	const read = await readValues(database, slice);
	const codes = lengthened(column.codes, size, -1);
	const values = new ValueCodes(column.values);
	for (const cno of cnos) codes[cno] = -1;
	putCodes(codes, values, read);
	return values.all.length > mostValues ? undefined : { type: 'coded', codes, values: values.all };
}

/** ` from …` of these contacts that have the value, as `cno` and `value`. */
const sliceOf = (value: Sql, among: Sql): Sql =>
	sql` from (select cno, ${value} as value from contact where ${among}) as contact where value is not null`;

interface NumberSlice {
	readonly cnos: Int32Array;
	readonly values: Float64Array;
}

async function readNumbers(database: Queryable, slice: Sql, family: Family): Promise<NumberSlice> {
	const arrays = await copyArrays(database, sql`select array_agg(cno), array_agg(value)${slice}`);
	const cnos = arrays.int4();
	return { cnos, values: family === 'number' ? arrays.float8() : arrays.timestamptz() };
}

function putNumbers(numbers: Float64Array, { cnos, values }: NumberSlice): void {
	for (let i = 0; i < cnos.length; i++) numbers[cnos[i]!] = values[i]!;
}

interface ValueRow {
	readonly value: Comparable;
	readonly cnos: string;
}

const readValues = (database: Queryable, slice: Sql): Promise<ValueRow[]> =>
	database.rows<ValueRow>(
		sql`select value, array_agg(cno)::text as cnos${slice} group by value limit ${mostValues + 1}::int`
	);

function putCodes(codes: Int32Array, values: ValueCodes, rows: readonly ValueRow[]): void {
	for (const { value, cnos } of rows) {
		const code = values.codeOf(value);
		for (const cno of numbersIn(cnos)) codes[cno] = code;
	}
}

/** Different values, each with its place among them. */
class ValueCodes {
	readonly all: Comparable[] = [];
	/** By their JSON: lists are the same when what is in them is. */
	readonly #codes = new Map<string, number>();

	constructor(values: readonly Comparable[]) {
		for (const value of values) this.codeOf(value);
	}

	codeOf(value: Comparable): number {
		const key = JSON.stringify(value);
		const code = this.#codes.get(key) ?? this.all.push(value) - 1;
		this.#codes.set(key, code);
		return code;
	}
}

/** All events of a type; nothing where their references are too many to hold. `pause` lets others ask in between. */
async function readEvents(
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

/** The same numbers, and after them `none` up to this length. */
function lengthened<A extends Float64Array | Int32Array>(
	numbers: A,
	length: number,
	none: number
): A {
	if (numbers.length >= length) return numbers;
	const longer = new (numbers.constructor as new (length: number) => A)(length);
	longer.set(numbers);
	longer.fill(none, numbers.length);
	return longer;
}

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
