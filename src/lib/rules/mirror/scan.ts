import { Bitmap } from '$lib/bitmap';
import type { CodedColumn, Mirror, MirrorPart, NumberColumn } from './columns';
import type { Predicate } from './predicate';

/** A set answered from a mirror: the same contacts as its statement gives. Numbers that nobody has may be in it. */
export interface Scan {
	readonly parts: readonly MirrorPart[];
	/** Asked when all parts are there. Nothing where only the database can be exact: the sums are too large, say. */
	run(mirror: Mirror): Bitmap | undefined;
}

/** Everyone who is not archived. */
export const everyoneScan: Scan = {
	parts: [{ type: 'everyone' }],
	run: (mirror) => {
		const words = new Uint32Array(Math.ceil(mirror.size / 32));
		// The last contacts may have gone since it was read.
		words.set(mirror.everyone().words.subarray(0, words.length));
		return new Bitmap(words);
	}
};

/** The contacts whose value passes. Those after the column's end have none in it. */
export function whoPasses(
	column: CodedColumn | NumberColumn,
	predicate: Predicate,
	size: number
): Bitmap {
	return column.type === 'coded'
		? whoseCode(column, predicate, size)
		: whoseNumber(column, predicate, size);
}

function whoseCode({ codes, values }: CodedColumn, { missing, present }: Predicate, size: number) {
	// What stands before the first value is of those without one.
	const holds = Uint8Array.from([missing, ...values.map(present)], Number);
	const known = Math.min(size, codes.length);
	return bitmapOf(size, missing, known, (from, to) => {
		let word = 0;
		for (let n = from; n < to; n++) word |= holds[codes[n]! + 1]! << (n & 31);
		return word;
	});
}

function whoseNumber(column: NumberColumn, { missing, numbers }: Predicate, size: number) {
	const values = column.numbers;
	const known = Math.min(size, values.length);
	if ('holds' in numbers)
		return bitmapOf(size, missing, known, (from, to) => {
			let word = 0;
			for (let n = from; n < to; n++) {
				const value = values[n]!;
				if (value === value ? numbers.holds(value) : missing) word |= 1 << (n & 31);
			}
			return word;
		});
	const { low, high, outside } = numbers;
	const [within, beyond, without] = [Number(!outside), Number(outside), Number(missing)];
	return bitmapOf(size, missing, known, (from, to) => {
		let word = 0;
		for (let n = from; n < to; n++) {
			const value = values[n]!;
			const bit = value >= low && value <= high ? within : value === value ? beyond : without;
			word |= bit << (n & 31);
		}
		return word;
	});
}

/** Word by word: contacts from `known` on have no value. */
function bitmapOf(
	size: number,
	missing: boolean,
	known: number,
	wordOf: (from: number, to: number) => number
): Bitmap {
	const words = new Uint32Array(Math.ceil(size / 32));
	for (let w = 0; w < words.length; w++) words[w] = wordOf(32 * w, Math.min(32 * w + 32, known));
	if (missing) for (let n = known; n < size; n++) words[n >>> 5]! |= 1 << (n & 31);
	return new Bitmap(words);
}

/** The numbers below `size` for which `isIn` holds. */
export function bitmapWhere(size: number, isIn: (n: number) => boolean): Bitmap {
	const words = new Uint32Array(Math.ceil(size / 32));
	for (let w = 0, n = 0; w < words.length; w++) {
		let word = 0;
		const end = Math.min(n + 32, size);
		for (let bit = 1; n < end; n++, bit <<= 1) if (isIn(n)) word |= bit;
		words[w] = word;
	}
	return new Bitmap(words);
}
