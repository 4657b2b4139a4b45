import { dayOf, instantOf } from '$lib/fields/value';
import { instantOfLocal, localTime } from '$lib/time/zone';

/** A day, or an instant, as the two inputs of a date and a time have it, in the workspace's zone. */
export interface TypedWhen {
	/** `YYYY-MM-DD` or nothing */
	readonly day: string;
	/** `HH:MM`, or nothing for a whole day */
	readonly time: string;
}

export function typedWhen(value: unknown, zone: string): TypedWhen {
	if (typeof value !== 'string') return { day: '', time: '' };
	if (dayOf(value)) return { day: value, time: '' };
	const instant = instantOf(value);
	if (instant === undefined) return { day: '', time: '' };
	const local = new Date(localTime(instant, zone)).toISOString();
	return { day: local.slice(0, 10), time: local.slice(11, 16) };
}

/** What a rule keeps: the day, or the instant in UTC. `undefined` while there is no day. */
export function whenOf({ day, time }: TypedWhen, zone: string): string | undefined {
	if (!dayOf(day)) return;
	if (!/^\d\d:\d\d$/.test(time)) return day;
	return new Date(instantOfLocal(Date.parse(`${day}T${time}:00.000Z`), zone)).toISOString();
}
