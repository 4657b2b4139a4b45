import type { TrendDay } from '$lib/membership/history/trend';
import { addDays, type Day } from '$lib/time/zone';

/** A day that a chart has a slot for, with what is known of it. */
export interface ShownDay {
	readonly day: Day;
	readonly known: TrendDay | undefined;
}

/** So many days up to the last that is known. */
export function shownDays(days: readonly TrendDay[], count: number): ShownDay[] {
	const last = days.at(-1);
	if (!last) return [];
	return Array.from({ length: count }, (_, i) => ({
		day: addDays(last.day, i + 1 - count),
		known: days[days.length + i - count]
	}));
}
