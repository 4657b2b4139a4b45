import { Bitmap } from '$lib/bitmap';
import type { CodedColumn, NumberColumn } from './columns';
import type { Predicate } from './predicate';

/*
 * Loops that go through a million values in a millisecond. No row decides which way to go, since what half of all rows pass
 * is guessed wrong every other time; and no function is called for one.
 */

/** Those whose value passes. Those after the column's end have none in it. */
export function whoPasses(
	column: CodedColumn | NumberColumn,
	predicate: Predicate,
	size: number
): Bitmap {
	const known = Math.min(
		size,
		column.type === 'coded' ? column.codes.length : column.numbers.length
	);
	const words = new Uint32Array(Math.ceil(size / 32));
	if (column.type === 'coded') whoseCode(words, known, column, predicate);
	else whoseNumber(words, known, column.numbers, predicate);
	if (predicate.missing) for (let n = known; n < size; n++) words[n >>> 5]! |= 1 << (n & 31);
	return new Bitmap(words);
}

function whoseCode(
	words: Uint32Array,
	known: number,
	{ codes, values }: CodedColumn,
	{ missing, present }: Predicate
): void {
	// What stands before the first value is of those without one.
	const holds = Uint8Array.from([missing, ...values.map(present)], Number);
	const whole = known & ~31;
	for (let n = 0; n < whole;) {
		let word = 0;
		const at = n >>> 5;
		for (let bit = 0; bit < 32; bit += 4, n += 4)
			word |=
				(holds[codes[n]! + 1]! |
					(holds[codes[n + 1]! + 1]! << 1) |
					(holds[codes[n + 2]! + 1]! << 2) |
					(holds[codes[n + 3]! + 1]! << 3)) <<
				bit;
		words[at] = word;
	}
	for (let n = whole; n < known; n++) words[n >>> 5]! |= holds[codes[n]! + 1]! << (n & 31);
}

function whoseNumber(
	words: Uint32Array,
	known: number,
	values: Float64Array,
	{ missing, numbers }: Predicate
): void {
	if ('holds' in numbers) {
		for (let n = 0; n < known; n++) {
			const value = values[n]!;
			if (value === value ? numbers.holds(value) : missing) words[n >>> 5]! |= 1 << (n & 31);
		}
		return;
	}
	const { low, high, outside } = numbers;
	putWithin(words, known, values, low, high);
	if (outside) putComplement(words, known);
	// What is not a number is outside of any two.
	if (missing !== outside) putMissing(words, known, values, missing);
}

function putWithin(
	words: Uint32Array,
	known: number,
	values: Float64Array,
	low: number,
	high: number
): void {
	const whole = known & ~31;
	for (let n = 0; n < whole;) {
		let word = 0;
		const at = n >>> 5;
		for (let bit = 0; bit < 32; bit += 4, n += 4) {
			const a = values[n]!;
			const b = values[n + 1]!;
			const c = values[n + 2]!;
			const d = values[n + 3]!;
			word |=
				((Number(a >= low) & Number(a <= high)) |
					((Number(b >= low) & Number(b <= high)) << 1) |
					((Number(c >= low) & Number(c <= high)) << 2) |
					((Number(d >= low) & Number(d <= high)) << 3)) <<
				bit;
		}
		words[at] = word;
	}
	for (let n = whole; n < known; n++)
		words[n >>> 5]! |= (Number(values[n]! >= low) & Number(values[n]! <= high)) << (n & 31);
}

function putComplement(words: Uint32Array, known: number): void {
	const last = known >>> 5;
	for (let at = 0; at < last; at++) words[at] = ~words[at]!;
	if ((known & 31) !== 0) words[last]! ^= (1 << (known & 31)) - 1;
}

function putMissing(
	words: Uint32Array,
	known: number,
	values: Float64Array,
	missing: boolean
): void {
	for (let n = 0; n < known; n++) {
		if (values[n] === values[n]) continue;
		if (missing) words[n >>> 5]! |= 1 << (n & 31);
		else words[n >>> 5]! &= ~(1 << (n & 31));
	}
}
