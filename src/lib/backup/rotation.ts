import { addDays, weekdayOf, type Day } from '$lib/time/zone';

/** How many files are kept: of the newest days one each, and of weeks before them one each. */
const daily = 7;
const weekly = 4;

/** A backup that was written into the folder. */
export interface Written {
	/** Of the file. */
	readonly name: string;
	/** In the workspace's calendar. */
	readonly day: Day;
}

/** A name with a mark in it: "Shop 2026-03-01 k3f9.winnow". */
export function markedName(name: string, mark: string): string {
	const end = name.lastIndexOf('.');
	return `${name.slice(0, end)} ${mark}${name.slice(end)}`;
}

/** Which files stay, newest first; `written` are in the order in which they were written. */
export function keptOf(written: readonly Written[]): Written[] {
	const newest = [...written]
		.reverse()
		.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
	const days = firstOfEach(newest, ({ day }) => day);
	const weeks = firstOfEach(days.slice(daily), ({ day }) => addDays(day, 1 - weekdayOf(day)));
	return [...days.slice(0, daily), ...weeks.slice(0, weekly)];
}

function firstOfEach(written: readonly Written[], of: (one: Written) => string): Written[] {
	const seen = new Map<string, Written>();
	for (const one of written) if (!seen.has(of(one))) seen.set(of(one), one);
	return [...seen.values()];
}
