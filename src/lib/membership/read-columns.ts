import { sizeFor } from '$lib/bitmap';
import type { Queryable } from '$lib/db/db';
import type { Family } from '$lib/fields/field';
import type { Comparable } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import type {
	EveryoneColumn,
	FieldColumn,
	GroupsColumn,
	MirrorPart
} from '$lib/rules/mirror/columns';
import { fieldSql } from '$lib/rules/stored';
import { sql, type Sql } from '$lib/sql';
import type { Column } from './column-file';
import { numbersIn } from './numbers-in';
import { copyArrays } from './read-arrays';
import { readEvents } from './read-events';
import { patchGroups, readGroups, type GroupsPart } from './read-groups';

/** More different values than this are the database's: a table of them would be as long as the column. */
const mostValues = 20_000;
/** Contacts read by one statement, between which other questions are answered. */
const contactsAtOnce = 100_000;

/** Whether a field's column is one of numbers. */
export const isNumber = (family: Family): boolean => family === 'number' || family === 'datetime';

/** A column of the database; nothing where it would be no shorter than the table. `pause` lets others ask in between. */
export async function readPart(
	database: Queryable,
	part: MirrorPart,
	pause: () => Promise<void>
): Promise<Column> {
	switch (part.type) {
		case 'everyone':
			return readEveryone(database, pause);
		case 'field':
			return readField(database, part, pause);
		case 'events':
			return readEvents(database, part, pause);
		case 'groups':
			return readGroups(database, part, pause);
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

type PatchedPart = FieldPart | GroupsPart;

/** Whether of this part single contacts can be read again. */
export const isPatched = (part: MirrorPart): part is PatchedPart =>
	part.type === 'field' || part.type === 'groups';

/** The column with these contacts read again. */
export const patchPart = (
	database: Queryable,
	part: PatchedPart,
	column: NonNullable<Column>,
	cnos: readonly number[]
): Promise<Column> =>
	part.type === 'groups'
		? patchGroups(database, part, column as GroupsColumn, cnos) // each part has its own
		: patchField(database, part, column as FieldColumn, cnos);

/** In the column's own memory, where that is long enough. */
async function patchField(
	database: Queryable,
	{ field, family }: FieldPart,
	column: FieldColumn,
	cnos: readonly number[]
): Promise<FieldColumn | undefined> {
	const slice = sliceOf(fieldSql(field, family), sql`cno = any(${cnos}::int[])`);
	const size = sizeFor(cnos);
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
	return values.all.length > mostValues ? undefined : usedOnly(codes, values.all);
}

/** The column without values that nobody has any more: they may have been erased. Codes that change are in a memory of their own. */
function usedOnly(codes: Int32Array, values: readonly Comparable[]): FieldColumn {
	const isUsed = new Uint8Array(values.length);
	for (const code of codes) if (code >= 0) isUsed[code] = 1;
	const used = values.filter((_, code) => isUsed[code]);
	if (used.length === values.length) return { type: 'coded', codes, values };
	const places = new Int32Array(values.length);
	for (let code = 1; code < places.length; code++)
		places[code] = places[code - 1]! + isUsed[code - 1]!;
	return { type: 'coded', codes: codes.map((code) => places[code] ?? -1), values: used };
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
