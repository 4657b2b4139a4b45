import { dayOf, instantOf } from '$lib/fields/value';
import type { Moment } from '$lib/time/moment';
import { addUnits, dayAt, startOfDay } from '$lib/time/zone';

/** An instant that people ask about often. */
export interface NamedInstant {
	readonly label: string;
	/** Epoch milliseconds */
	readonly at: number;
}

export function namedInstants({ now, zone }: Moment): readonly NamedInstant[] {
	const ago = (days: number) => addUnits(now, -days, 'day', zone);
	return [
		{ label: 'Yesterday', at: ago(1) },
		{ label: '7 days ago', at: ago(7) },
		{ label: '30 days ago', at: ago(30) },
		{ label: 'Start of this month', at: startOfDay(`${dayAt(now, zone).slice(0, 7)}-01`, zone) },
		{ label: 'In 24 h', at: ago(-1) },
		{ label: 'In 7 days', at: ago(-7) }
	];
}

/** The instant that an ISO date means, in epoch milliseconds: one without a time is when that day begins. */
export function instantAsked(text: string | undefined, zone: string): number | undefined {
	if (text === undefined) return;
	const day = dayOf(text);
	return day === undefined ? instantOf(text) : startOfDay(day, zone);
}
