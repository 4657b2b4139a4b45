import { Bitmap } from '$lib/bitmap';
import type { InstantRange } from '../operators/datetime';
import type { EventColumns } from './columns';
import type { Predicate } from './predicate';
import { whoPasses } from './who-passes';

const none = new Float64Array();

/** Consecutive events of one type, and what is asked of each. */
export interface Run {
	readonly events: EventColumns;
	readonly from: number;
	readonly to: number;
	readonly filters: readonly EventTest[];
}

/** What is asked of a column of events. */
export interface EventTest {
	readonly column: 'value' | 'ref';
	readonly predicate: Predicate;
	/** The same for tests that are the same. */
	readonly said: string;
}

/** The events that happened in a stretch of time. */
export const runIn = (
	events: EventColumns,
	{ from, to }: InstantRange,
	filters: readonly EventTest[]
): Run => ({
	events,
	from: from === undefined ? 0 : firstAt(events.at, from),
	to: to === undefined ? events.at.length : firstAt(events.at, to),
	filters
});

/** A run of whatever contacts have many of, without times. */
export const everyOf = (cno: Int32Array): Run => ({
	events: { at: none, cno, value: undefined, ref: undefined, refs: [] },
	from: 0,
	to: cno.length,
	filters: []
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

export const lengthOf = (runs: readonly Run[]): number =>
	runs.reduce((sum, { from, to }) => sum + to - from, 0);

/** Which events of a run are meant, counted from its first; nothing where all are. */
export function passingOf({ events, from, to, filters }: Run): Uint32Array | undefined {
	const size = Math.max(to - from, 0);
	let passing: Bitmap | undefined;
	for (const { column, predicate } of filters) {
		const values =
			column === 'value'
				? { type: 'numbers' as const, numbers: (events.value ?? none).subarray(from, to) }
				: {
						type: 'coded' as const,
						codes: events.ref!.subarray(from, to), // asked for with the parts
						values: events.refs
					};
		const set = whoPasses(values, predicate, size);
		passing = passing?.and(set) ?? set;
	}
	return passing?.words;
}

/** Contacts with any of these events. */
export function whoIn(runs: readonly Run[], size: number): Bitmap {
	const words = new Uint32Array(Math.ceil(size / 32));
	for (const run of runs) {
		const passing = passingOf(run);
		if (passing) putPassing(words, run, passing);
		else putAll(words, run.events.cno, run.from, run.to);
	}
	return new Bitmap(words);
}

/** Adds these contacts to a set. */
export function putAll(words: Uint32Array, cnos: Int32Array, from: number, to: number): void {
	for (let i = from; i < to; i++) {
		const n = cnos[i]!;
		words[n >>> 5]! |= 1 << (n & 31);
	}
}

function putPassing(words: Uint32Array, { events, from }: Run, passing: Uint32Array): void {
	const { cno } = events;
	for (let w = 0; w < passing.length; w++)
		for (let rest = passing[w]!; rest !== 0; rest &= rest - 1) {
			const n = cno[from + 32 * w + (31 - Math.clz32(rest & -rest))]!;
			words[n >>> 5]! |= 1 << (n & 31);
		}
}
