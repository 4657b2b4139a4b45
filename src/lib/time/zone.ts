/** Calendar arithmetic in an IANA zone, over `Intl`. Instants are epoch milliseconds; days are `YYYY-MM-DD`. */

export type Day = string;

const minute = 60_000;
const dayLength = 24 * 60 * minute;

/** Whether this browser, or Node, knows the zone: `Intl` throws at any other, in the midst of an evaluation. */
export function isZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}

/** How far local time in `zone` is ahead of UTC at `instant`, in milliseconds. */
export function offsetAt(instant: number, zone: string): number {
	const parts: Record<string, number> = {};
	for (const { type, value } of formatter(zone).formatToParts(instant)) parts[type] = +value;
	const { year, month, day, hour, minute, second } = parts as Record<string, number>;
	const local = new Date(0);
	local.setUTCFullYear(year!, month! - 1, day!);
	local.setUTCHours(hour!, minute!, second!);
	return local.getTime() - Math.floor(instant / 1000) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
	let made = formatters.get(zone);
	if (!made) {
		made = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric'
		});
		formatters.set(zone, made);
	}
	return made;
}

/** Local wall-clock time as if it were UTC, in milliseconds: for reading off year, month, day and hour. */
export const localTime = (instant: number, zone: string): number =>
	instant + offsetAt(instant, zone);

/**
 * The instant of a local wall-clock time (given as if it were UTC). One that occurs twice is the earlier; one that
 * the clocks skip is the first instant after the gap.
 */
export function instantOfLocal(local: number, zone: string): number {
	const before = offsetAt(local - dayLength, zone);
	const after = offsetAt(local + dayLength, zone);
	const candidates = [local - before, local - after].filter(
		(instant) => localTime(instant, zone) === local
	);
	if (candidates.length > 0) return Math.min(...candidates);
	return changeBetween(local - dayLength, local + dayLength, zone);
}

/** An instant in (from, to] with a new offset, given that the offsets at both differ. */
export function changeBetween(from: number, to: number, zone: string): number {
	const offset = offsetAt(from, zone);
	let [low, high] = [from, to];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (offsetAt(middle, zone) === offset) low = middle;
		else high = middle;
	}
	return high;
}

/** Years have four digits here, and so have the days beside each: what is further away counts as the first or last of them. */
const first = Date.parse('0002-01-01T00:00:00.000Z');
const last = Date.parse('9999-12-31T23:59:59.999Z');
const clamped = (at: number): number => Math.min(Math.max(at, first), last);

export const dayOfLocal = (local: number): Day =>
	new Date(clamped(local)).toISOString().slice(0, 10);

export const dayAt = (instant: number, zone: string): Day => dayOfLocal(localTime(instant, zone));

const utc = (day: Day): number => Date.parse(`${day}T00:00:00.000Z`);

/** A day starts at its first instant in the zone, which is not always midnight. */
export const startOfDay = (day: Day, zone: string): number => instantOfLocal(utc(day), zone);

/** It ends where the next one starts, also the last day that there is: it has an end, but no next. */
export const endOfDay = (day: Day, zone: string): number =>
	instantOfLocal(utc(day) + dayLength, zone);

export const addDays = (day: Day, days: number): Day => dayOfLocal(utc(day) + days * dayLength);

/** Months later (or earlier), clamped to the month's end: 31 January and a month is 28 or 29 February. */
export function addMonths(day: Day, months: number): Day {
	const [year, month, date] = day.split('-').map(Number) as [number, number, number];
	const to = 12 * year + (month - 1) + months;
	if (to < 24) return dayOfLocal(first);
	// `Date.UTC` takes the years before 100 for others; `setUTCFullYear` does not.
	const begin = new Date(0).setUTCFullYear(Math.floor(to / 12), to % 12, 1);
	const end = new Date(new Date(begin).setUTCMonth((to % 12) + 1, 0));
	return dayOfLocal(new Date(begin).setUTCDate(Math.min(date, end.getUTCDate())));
}

/** Monday is 1, Sunday 7. */
export const weekdayOf = (day: Day): number => new Date(utc(day)).getUTCDay() || 7;

export const monthOf = (day: Day): number => Number(day.slice(5, 7));

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

const exact: Record<Exclude<Unit, 'month' | 'year'>, number> = {
	minute,
	hour: 60 * minute,
	day: dayLength,
	week: 7 * dayLength
};

/** `n` units later (or earlier). Up to weeks these are exact durations; months and years go by the local calendar. */
export function addUnits(instant: number, n: number, unit: Unit, zone: string): number {
	if (unit !== 'month' && unit !== 'year') return instant + n * exact[unit];
	const local = localTime(instant, zone);
	const timeOfDay = ((local % dayLength) + dayLength) % dayLength;
	const day = addMonths(dayOfLocal(local), unit === 'year' ? 12 * n : n);
	return instantOfLocal(utc(day) + timeOfDay, zone);
}

/** `n` units later (or earlier) in whole days of the calendar. */
export function addToDay(day: Day, n: number, unit: Exclude<Unit, 'minute' | 'hour'>): Day {
	switch (unit) {
		case 'day':
			return addDays(day, n);
		case 'week':
			return addDays(day, 7 * n);
		case 'month':
			return addMonths(day, n);
		case 'year':
			return addMonths(day, 12 * n);
	}
}

/** The offsets a zone has had: from `instants[i]` on, local time is `offsets[i]` ahead of UTC. Both in milliseconds. */
export interface ZoneOffsets {
	readonly instants: readonly number[];
	readonly offsets: readonly number[];
}

const known = new Map<string, ZoneOffsets>();
const earliest = Date.UTC(1900, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** Every change of offset from 1900 to 2100, so that a database need not know zones. Before 1900 the first one holds. */
export function zoneOffsets(zone: string): ZoneOffsets {
	const kept = known.get(zone);
	if (kept) return kept;

	const instants = [earliest];
	const offsets = [offsetAt(earliest, zone)];
	const step = 7 * dayLength;
	for (let at = earliest; at < latest; at += step) {
		if (offsetAt(at + step, zone) === offsets.at(-1)) continue;
		const change = changeBetween(at, at + step, zone);
		instants.push(change);
		offsets.push(offsetAt(change, zone));
	}
	const found = { instants, offsets };
	known.set(zone, found);
	return found;
}
