import { Bitmap } from '$lib/bitmap';
import type { InstantRange } from '../operators/datetime';
import type { EventColumns } from './columns';
import { bitmapWhere } from './scan';

/** Consecutive events of one type, and which of them are meant; without `passes` all are. */
export interface Run {
	readonly events: EventColumns;
	readonly from: number;
	readonly to: number;
	readonly passes: ((index: number) => boolean) | undefined;
}

/** The events that happened in a stretch of time. */
export const runIn = (
	events: EventColumns,
	{ from, to }: InstantRange,
	passes: Run['passes']
): Run => ({
	events,
	from: from === undefined ? 0 : firstAt(events.at, from),
	to: to === undefined ? events.at.length : firstAt(events.at, to),
	passes
});

/** The first event at this instant or later. */
function firstAt(at: Float64Array, instant: number): number {
	let [low, high] = [0, at.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (at[middle]! < instant) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Contacts with any of these events. */
export function whoIn(runs: readonly Run[], size: number): Bitmap {
	const words = new Uint32Array(Math.ceil(size / 32));
	for (const { events, from, to, passes } of runs) {
		const { cno } = events;
		for (let i = from; i < to; i++) {
			if (passes !== undefined && !passes(i)) continue;
			const n = cno[i]!;
			words[n >>> 5]! |= 1 << (n & 31);
		}
	}
	return new Bitmap(words);
}

/**
 * Contacts with any of these events for whom `isIn` holds, which it never does without one: it is asked about all
 * contacts, or about whose each event is, whichever are fewer.
 */
export function whoOf(runs: readonly Run[], size: number, isIn: (cno: number) => boolean): Bitmap {
	if (lengthOf(runs) >= size) return bitmapWhere(size, isIn);
	const words = new Uint32Array(Math.ceil(size / 32));
	for (const { events, from, to, passes } of runs) {
		const { cno } = events;
		for (let i = from; i < to; i++) {
			if (passes !== undefined && !passes(i)) continue;
			const n = cno[i]!;
			if (isIn(n)) words[n >>> 5]! |= 1 << (n & 31);
		}
	}
	return new Bitmap(words);
}

let scratch = new Float64Array();

/**
 * A number for each contact, `NaN` for all who have any of these events, to be worked with at once: whoever asks next gets
 * the same array. Making a new one for a million takes longer than going through the events.
 */
export function numbersFor(runs: readonly Run[], size: number): Float64Array {
	if (scratch.length < size) scratch = new Float64Array(size);
	if (lengthOf(runs) >= size) return scratch.fill(NaN);
	for (const { events, from, to } of runs)
		for (let i = from; i < to; i++) scratch[events.cno[i]!] = NaN;
	return scratch;
}

const lengthOf = (runs: readonly Run[]): number =>
	runs.reduce((sum, { from, to }) => sum + to - from, 0);

/** How many of these events each contact has. */
export function countsIn(runs: readonly Run[], size: number): Uint32Array {
	const counts = new Uint32Array(size);
	for (const { events, from, to, passes } of runs) {
		const { cno } = events;
		for (let i = from; i < to; i++) {
			if (passes !== undefined && !passes(i)) continue;
			counts[cno[i]!]!++;
		}
	}
	return counts;
}

/** The instant of each contact's first or last of these events; of contacts without one nothing is said. */
export function edgesIn(runs: readonly Run[], end: 'first' | 'last', size: number): Float64Array {
	const edges = numbersFor(runs, size);
	for (const { events, from, to, passes } of runs) {
		const { cno, at } = events;
		for (let i = from; i < to; i++) {
			if (passes !== undefined && !passes(i)) continue;
			const n = cno[i]!;
			const known = edges[n]!;
			// Nothing is before or after what is not a number.
			if (end === 'first' ? !(known <= at[i]!) : !(known >= at[i]!)) edges[n] = at[i]!;
		}
	}
	return edges;
}
