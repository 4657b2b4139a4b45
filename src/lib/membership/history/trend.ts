import { addDays, dayAt, type Day } from '$lib/time/zone';
import { daysFrom } from './days';
import type { Cause } from './move';

/** What a segment was like on one day of the workspace's calendar. */
export interface TrendDay {
	readonly day: Day;
	/** How many were in it when the day ended; for the last day, how many are. */
	readonly size: number;
	/** How often somebody entered or left: who did so twice is counted twice. */
	readonly entered: number;
	readonly left: number;
	/** By what is known today, since nobody looked then. */
	readonly recomputed: boolean;
}

/** A row of the log without who it is about, in the log's order. */
export interface LoggedMove {
	/** Epoch milliseconds */
	readonly at: number;
	readonly entered: boolean;
	readonly cause: Cause;
	readonly size: number;
}

/**
 * The days of a log up to now, at most so many; the first is the one on which it begins. `began` is when it began to be
 * noted.
 */
export function trendOf(
	log: readonly LoggedMove[],
	{ began, now, zone, most }: { began: number; now: number; zone: string; most: number }
): TrendDay[] {
	const today = dayAt(now, zone);
	const begin = dayAt(log[0]?.at ?? began, zone);
	const from = [begin, addDays(today, 1 - most)].sort().at(-1)!;
	const byDay = new Map<Day, LoggedMove[]>();
	let size = 0;
	for (const move of log) {
		const day = dayAt(move.at, zone);
		const others = byDay.get(day);
		if (day < from) size += gainOf([move]);
		else if (others) others.push(move);
		else byDay.set(day, [move]);
	}
	const notedFrom = dayAt(began, zone);
	return daysFrom(from, today).map((day) => {
		const moves = byDay.get(day) ?? [];
		const counted = moves.filter(({ cause }) => cause !== 'began');
		const entered = sumOf(counted.filter(({ entered }) => entered));
		const left = sumOf(counted.filter(({ entered }) => !entered));
		size += gainOf(moves);
		return { day, size, entered, left, recomputed: day < notedFrom };
	});
}

const gainOf = (moves: readonly LoggedMove[]): number =>
	moves.reduce((gain, { entered, size }) => gain + (entered ? size : -size), 0);

const sumOf = (moves: readonly LoggedMove[]): number =>
	moves.reduce((sum, { size }) => sum + size, 0);
