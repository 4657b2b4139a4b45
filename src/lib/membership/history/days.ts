import { addDays, dayAt, endOfDay, type Day } from '$lib/time/zone';

/** The days from one to another, both included. */
export function daysFrom(first: Day, last: Day): Day[] {
	const days: Day[] = [];
	for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
	return days;
}

/** The last millisecond of each local day that ended between two instants, at most so many of the latest. */
export function dayEndsBetween(from: number, to: number, zone: string, most: number): number[] {
	const last = dayAt(to, zone);
	const first = [dayAt(from, zone), addDays(last, -most)].sort().at(-1)!;
	return daysFrom(first, last)
		.map((day) => endOfDay(day, zone) - 1)
		.filter((end) => end >= from && end < to);
}
