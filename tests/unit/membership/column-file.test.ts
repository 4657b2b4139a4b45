import { describe, expect, test } from 'vitest';
import { checksum } from '$lib/membership/checksum';
import {
	decoded,
	encoded,
	headLength,
	restamped,
	type Column,
	type ColumnFile
} from '$lib/membership/column-file';

const columns: readonly (readonly [string, Column])[] = [
	[
		'a field with few values',
		{ type: 'coded', codes: Int32Array.of(0, -1, 1), values: ['Zürich', ['a', 'b']] }
	],
	['numbers', { type: 'numbers', numbers: Float64Array.of(1.5, NaN, -0) }],
	[
		'events with all that is about them',
		{
			at: Float64Array.of(1, 2, 3),
			cno: Int32Array.of(7, 8, 9),
			value: Float64Array.of(NaN, 2, 3),
			ref: Int32Array.of(-1, 0, 0),
			refs: ['spring']
		}
	],
	[
		'no events',
		{ at: new Float64Array(), cno: new Int32Array(), value: undefined, ref: undefined, refs: [] }
	],
	['groups', { ids: ['vip', 'é'], starts: Int32Array.of(0, 2, 3), cnos: Int32Array.of(4, 9, 4) }],
	['who there is', { words: Int32Array.of(-1, 5, 1 << 31) }],
	['what the database keeps to itself', undefined]
];

const fileOf = (column: Column): ColumnFile => ({
	label: 'a label',
	version: 1_769_000_000_000_001,
	column
});

function bytesOf(file: ColumnFile): Uint8Array<ArrayBuffer> {
	const { head, pieces } = encoded(file);
	return Uint8Array.from([head, ...pieces].flatMap((piece) => [...piece]));
}

test.each(columns)('%s come back as they were', (_, column) => {
	const bytes = bytesOf(fileOf(column));
	expect(decoded(bytes.buffer)).toEqual(fileOf(column));
});

test('arrays are used where they lie in the file', () => {
	const { buffer } = bytesOf(fileOf(columns[2]![1]));
	const column = decoded(buffer)!.column as Extract<Column, { at: Float64Array }>;
	for (const array of [column.at, column.cno, column.value, column.ref])
		expect(array!.buffer).toBe(buffer);
});

test('a column that lies in a longer array, as one from a file does, is written alone', () => {
	const codes = Int32Array.of(9, 9, 4, 5, 6, 9).subarray(2, 5);
	const file = fileOf({ type: 'coded', codes, values: [] });
	expect(decoded(bytesOf(file).buffer)).toEqual(file);
});

describe('a file is not believed', () => {
	const sound = bytesOf(fileOf(columns[2]![1]));

	test('with any one bit of it altered', () => {
		const believed: number[] = [];
		for (let bit = 0; bit < sound.length * 8; bit++) {
			const bytes = sound.slice();
			bytes[bit >> 3]! ^= 1 << (bit & 7);
			if (decoded(bytes.buffer)) believed.push(bit);
		}
		expect(believed).toEqual([]);
	});

	test('cut anywhere, or longer than it was', () => {
		for (let length = 0; length < sound.length; length++)
			expect(decoded(sound.slice(0, length).buffer)).toBeUndefined();
		expect(decoded(Uint8Array.of(...sound, ...new Uint8Array(8)).buffer)).toBeUndefined();
	});

	test('of which any stretch was never stored', () => {
		for (let from = 0; from < sound.length; from += 8) {
			const bytes = sound.slice();
			bytes.fill(0, from, from + 16);
			if (bytes.every((byte, i) => byte === sound[i])) continue;
			expect([from, decoded(bytes.buffer)]).toEqual([from, undefined]);
		}
	});

	test('that has only the blank where its head is to be', () => {
		const bytes = sound.slice();
		bytes.fill(0, 0, headLength);
		expect(decoded(bytes.buffer)).toBeUndefined();
	});

	test('of a form that this version does not know', () => {
		const head = new Float64Array(sound.slice(0, headLength).buffer);
		head[1] = 2;
		// Whole in all else.
		head[7] = checksum(new Int32Array(head.buffer, 0, 14));
		const newer = sound.slice();
		newer.set(new Uint8Array(head.buffer));
		expect(decoded(newer.buffer)).toBeUndefined();
		head[1] = 1;
		head[7] = checksum(new Int32Array(head.buffer, 0, 14));
		newer.set(new Uint8Array(head.buffer));
		expect(decoded(newer.buffer)).toBeDefined();
	});
});

test('a head with a later version stands over the same pieces', () => {
	const file = fileOf(columns[0]![1]);
	const bytes = bytesOf(file);
	bytes.set(restamped(bytes.slice(0, headLength), file.version + 5));
	expect(decoded(bytes.buffer)).toEqual({ ...file, version: file.version + 5 });
});
