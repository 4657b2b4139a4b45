import type {
	EventColumns,
	EveryoneColumn,
	FieldColumn,
	GroupsColumn
} from '$lib/rules/mirror/columns';
import { checksum } from './checksum';

/*
 * A column as a file: a head of eight numbers, then a text in JSON that says what it is, then the column's arrays as they are in memory. The
 * head is written last, and has checksums of all: of a file that was not finished, that was damaged, that is of another
 * form or for another machine, nothing is believed.
 */

/** Raised whenever a file means something else than before. */
const form = 1;
const magic = 0x77696e6e;

/** Bytes of the head. */
export const headLength = 64;

/** Nothing where the database keeps what is asked about to itself. */
export type Column = FieldColumn | EventColumns | EveryoneColumn | GroupsColumn | undefined;

export interface ColumnFile {
	/** What it is a column of. */
	readonly label: string;
	/** The data's version from which on changes are not in it. */
	readonly version: number;
	readonly column: Column;
}

type Numbers = Int32Array | Float64Array;
const kinds = { int: Int32Array, float: Float64Array } as const;

interface Contents {
	readonly label: string;
	/** All of the column but its arrays; null for none. */
	readonly rest: object | null;
	/** In the order in which they follow, each from a place that 8 divides. */
	readonly arrays: readonly (readonly [name: string, kind: keyof typeof kinds, length: number])[];
}

/** The head of a file, and the pieces that follow it. The pieces are the column's own memory: nothing is copied. */
export function encoded({ label, version, column }: ColumnFile): {
	head: Uint8Array<ArrayBuffer>;
	pieces: Uint8Array[];
} {
	const entries = Object.entries(column ?? {}) as [string, unknown][];
	const arrays = entries.filter((entry): entry is [string, Numbers] => isNumbers(entry[1]));
	const contents: Contents = {
		label,
		rest: column ? Object.fromEntries(entries.filter(([, value]) => !isNumbers(value))) : null,
		arrays: arrays.map(([name, array]) => [
			name,
			array instanceof Int32Array ? 'int' : 'float',
			array.length
		])
	};
	const text = padded(new TextEncoder().encode(JSON.stringify(contents)), 0x20);
	const pieces = arrays.flatMap(([, array]) => {
		const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
		return bytes.length % 8 === 0 ? [bytes] : [padded(bytes, 0)];
	});
	return { head: headOf(version, text, pieces), pieces: [text, ...pieces] };
}

/** The head of the same file with a later version: it is the same as then. */
export function restamped(head: Uint8Array<ArrayBuffer>, version: number): Uint8Array<ArrayBuffer> {
	const numbers = new Float64Array(head.slice().buffer);
	numbers[2] = version;
	return sealed(numbers);
}

/** What is in a file, its arrays where they are in `buffer`; nothing if it is not to be believed. */
export function decoded(buffer: ArrayBuffer): ColumnFile | undefined {
	if (buffer.byteLength < headLength || buffer.byteLength % 8 !== 0) return;
	const head = new Float64Array(buffer, 0, 8);
	const [a, b, version, textLength, length, textSum, bodySum] = head as unknown as number[];
	if (a !== magic || b !== form || head[7] !== sumOf(head)) return;
	if (length !== buffer.byteLength) return;
	if (checksum(new Int32Array(buffer, headLength, textLength! / 4)) !== textSum) return;
	const text = new TextDecoder().decode(new Uint8Array(buffer, headLength, textLength));
	const { label, rest, arrays } = JSON.parse(text) as Contents; // ours, as the checksum says
	const column: Record<string, unknown> = { ...rest };
	let at = headLength + textLength!;
	let sum = 0;
	for (const [name, kind, length] of arrays) {
		const array = new kinds[kind](buffer, at, length);
		const bytes = roundedUp(array.byteLength);
		sum = checksum(new Int32Array(buffer, at, bytes / 4), sum);
		column[name] = array;
		at += bytes;
	}
	if (sum !== bodySum) return;
	return { label, version: version!, column: rest ? (column as unknown as Column) : undefined };
}

function headOf(version: number, text: Uint8Array, pieces: readonly Uint8Array[]) {
	const length = pieces.reduce((sum, piece) => sum + piece.length, headLength + text.length);
	const bodySum = pieces.reduce((sum, piece) => checksum(wordsOf(piece), sum), 0);
	return sealed(
		Float64Array.of(magic, form, version, text.length, length, checksum(wordsOf(text)), bodySum, 0)
	);
}

function sealed(head: Float64Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	head[7] = sumOf(head);
	return new Uint8Array(head.buffer);
}

const sumOf = (head: Float64Array): number =>
	checksum(new Int32Array(head.buffer, head.byteOffset, 14));

const wordsOf = (bytes: Uint8Array) =>
	new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);

const isNumbers = (value: unknown): value is Numbers =>
	value instanceof Int32Array || value instanceof Float64Array;

const roundedUp = (length: number): number => Math.ceil(length / 8) * 8;

function padded(bytes: Uint8Array, filling: number): Uint8Array<ArrayBuffer> {
	const all = new Uint8Array(roundedUp(bytes.length)).fill(filling, bytes.length);
	all.set(bytes);
	return all;
}
