import { Bitmap } from '$lib/bitmap';
import type { Numbers } from './predicate';
import { lengthOf, passingOf, type Run } from './runs';

/** What events come to for each contact who has any: contact `who[i]`, ascending, has `results[i]`. */
export interface Tally {
	readonly who: Int32Array;
	readonly results: Float64Array;
}

/** Contacts whose result is among these numbers, or is not. Those without one are in neither. */
export function whoseResult(
	{ who, results }: Tally,
	numbers: Numbers,
	isComplement: boolean,
	size: number
): Bitmap {
	const words = new Uint32Array(Math.ceil(size / 32));
	if ('holds' in numbers) {
		for (let i = 0; i < who.length; i++)
			if (numbers.holds(results[i]!) !== isComplement) words[who[i]! >>> 5]! |= 1 << (who[i]! & 31);
		return new Bitmap(words);
	}
	const { low, high, outside } = numbers;
	const flipped = Number(outside !== isComplement);
	for (let i = 0; i < who.length; i++) {
		const n = who[i]!;
		const result = results[i]!;
		words[n >>> 5]! |= ((Number(result >= low) & Number(result <= high)) ^ flipped) << (n & 31);
	}
	return new Bitmap(words);
}

/** The sum of what each value is taken for; `total` is how far all together are from zero. */
export function sums(
	runs: readonly Run[],
	size: number,
	taken: (value: number) => number
): { tally: Tally; total: number } {
	const { words, results } = begin(runs, size, 0);
	let total = 0;
	for (const run of runs) {
		const { from, to } = run;
		const { cno, value: values } = run.events;
		if (!values) continue;
		const passing = passingOf(run);
		for (let i = from; i < to; i++) {
			const value = values[i]!;
			if (value !== value || (passing !== undefined && !isIn(passing, i - from))) continue;
			const n = cno[i]!;
			const own = taken(value);
			total += Math.abs(own);
			results[n]! += own;
			words[n >>> 5]! |= 1 << (n & 31);
		}
	}
	return { tally: tallyOf(words, results), total };
}

/** The least or the greatest in a column of theirs. */
export function extremes(
	runs: readonly Run[],
	size: number,
	column: 'at' | 'value',
	end: 'min' | 'max'
): Tally {
	const { words, results } = begin(runs, size, end === 'min' ? Infinity : -Infinity);
	for (const run of runs) {
		const { from, to } = run;
		const { cno } = run.events;
		const values = run.events[column];
		if (!values) continue;
		const passing = passingOf(run);
		for (let i = from; i < to; i++) {
			const own = values[i]!;
			if (own !== own || (passing !== undefined && !isIn(passing, i - from))) continue;
			const n = cno[i]!;
			const sofar = results[n]!;
			results[n] = end === 'min' ? Math.min(sofar, own) : Math.max(sofar, own);
			words[n >>> 5]! |= 1 << (n & 31);
		}
	}
	return tallyOf(words, results);
}

const isIn = (words: Uint32Array, n: number): boolean => (words[n >>> 5]! & (1 << (n & 31))) !== 0;

let scratch = new Float64Array();

/**
 * A number for each contact to begin with, in an array that whoever asks next gets too: making a new one for a million
 * takes longer than going through the events. Whether a contact was met before is not asked event by event, since that is
 * guessed wrong as often as right.
 */
function begin(runs: readonly Run[], size: number, first: number) {
	if (scratch.length < size) scratch = new Float64Array(size);
	const results = scratch;
	if (lengthOf(runs) >= size / 4) results.fill(first);
	else
		for (const { events, from, to } of runs)
			for (let i = from; i < to; i++) results[events.cno[i]!] = first;
	return { words: new Uint32Array(Math.ceil(size / 32)), results };
}

/** Copies the results of those in the set. */
function tallyOf(words: Uint32Array, results: Float64Array): Tally {
	const { count } = new Bitmap(words);
	const tally = { who: new Int32Array(count), results: new Float64Array(count) };
	let i = 0;
	for (let w = 0; w < words.length; w++)
		for (let rest = words[w]!; rest !== 0; rest &= rest - 1) {
			const n = 32 * w + (31 - Math.clz32(rest & -rest));
			tally.who[i] = n;
			tally.results[i++] = results[n]!;
		}
	return tally;
}
