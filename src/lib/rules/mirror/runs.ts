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
	const length = runs.reduce((sum, { from, to }) => sum + to - from, 0);
	if (length >= size) return bitmapWhere(size, isIn);
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

/** The instant of each contact's first or last of these events; `NaN` without one. */
export function edgesIn(runs: readonly Run[], end: 'first' | 'last', size: number): Float64Array {
	const edges = new Float64Array(size).fill(NaN);
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
