import { Bitmap } from '$lib/bitmap';
import { lengthOf, passingOf, type Run } from './runs';

/**
 * Counts of contacts by their number. In bytes, those from `mostInByte` on are all as that one: most are small, and so those
 * of a million contacts stay near the processor.
 */
export type Counts = Uint8ClampedArray | Uint32Array;
export const mostInByte = 255;

/** Adds how many of these events each contact has. */
export function countsIn(runs: readonly Run[], counts: Counts): Counts {
	for (const run of runs) {
		const passing = passingOf(run);
		if (passing) countPassing(counts, run, passing);
		else countAll(counts, run);
	}
	return counts;
}

function countAll(counts: Counts, { events: { cno }, from, to }: Run): void {
	for (let i = from; i < to; i++) counts[cno[i]!]!++;
}

function countPassing(counts: Counts, { events: { cno }, from }: Run, passing: Uint32Array): void {
	for (let w = 0; w < passing.length; w++)
		for (let rest = passing[w]!; rest !== 0; rest &= rest - 1)
			counts[cno[from + 32 * w + (31 - Math.clz32(rest & -rest))]!]!++;
}

/**
 * Contacts with a count of these events for which `holds`, which it does not of 0. It is asked once of each count in bytes,
 * and of the greatest for all above.
 */
export function whoseCount(
	counts: Counts,
	runs: readonly Run[],
	holds: (count: number) => boolean
): Bitmap {
	const words = new Uint32Array(Math.ceil(counts.length / 32));
	if (counts instanceof Uint32Array) {
		for (let n = 0; n < counts.length; n++) if (holds(counts[n]!)) words[n >>> 5]! |= 1 << (n & 31);
		return new Bitmap(words);
	}
	const held = Uint8Array.from({ length: mostInByte + 1 }, (_, count) => Number(holds(count)));
	// Whose each event is, or all contacts, whichever are fewer by far.
	if (lengthOf(runs) < counts.length / 4)
		for (const run of runs) putHeldOf(words, counts, held, run);
	else putHeld(words, counts, held);
	return new Bitmap(words);
}

function putHeldOf(
	words: Uint32Array,
	counts: Uint8ClampedArray,
	held: Uint8Array,
	{ events: { cno }, from, to }: Run
): void {
	for (let i = from; i < to; i++) {
		const n = cno[i]!;
		words[n >>> 5]! |= held[counts[n]!]! << (n & 31);
	}
}

function putHeld(words: Uint32Array, counts: Uint8ClampedArray, held: Uint8Array): void {
	const whole = counts.length & ~31;
	for (let n = 0; n < whole;) {
		let word = 0;
		const at = n >>> 5;
		for (let bit = 0; bit < 32; bit += 4, n += 4)
			word |=
				(held[counts[n]!]! |
					(held[counts[n + 1]!]! << 1) |
					(held[counts[n + 2]!]! << 2) |
					(held[counts[n + 3]!]! << 3)) <<
				bit;
		words[at] = word;
	}
	for (let n = whole; n < counts.length; n++) words[n >>> 5]! |= held[counts[n]!]! << (n & 31);
}
