import type { Family } from '$lib/fields/field';
import type { Moment } from '$lib/time/moment';
import { addDays, type Day } from '$lib/time/zone';
import { dayRange } from '../operators/date';
import { instantRange } from '../operators/datetime';
import { otherFieldOf } from '../operators/operand';
import { DateTest, DatetimeTest, stretchOf } from '../operators/time';
import type { RawTest } from './parameter';

/**
 * The stretch of time a test means at this moment: "24 Aug 14:05 to 22 Nov 14:05, Europe/Berlin", of days "24 Aug to
 * 22 Nov". Nothing for a test that is not finished, or not about one stretch. A negative one is of what it leaves out.
 */
export function resolvedTime(family: Family, test: RawTest, moment: Moment): string | undefined {
	if (family === 'date') {
		const parsed = DateTest.safeParse(test);
		const stretch = parsed.success && !otherFieldOf(parsed.data) && stretchOf(parsed.data);
		if (!stretch) return;
		const { from, to } = dayRange(stretch, moment);
		// No day comes after the last that there is, and all come before its end.
		if (from === to) return from === undefined ? 'any day' : 'no day';
		const day = (day: Day) => sayDay(day, moment);
		return sayStretch(from && day(from), to && day(addDays(to, -1)));
	}
	const parsed = DatetimeTest.safeParse(test);
	const stretch = parsed.success && !otherFieldOf(parsed.data) && stretchOf(parsed.data);
	if (family !== 'datetime' || !stretch) return;
	const { from, to } = instantRange(stretch, moment);
	const words = sayStretch(
		from === undefined ? undefined : sayInstant(from, moment),
		to === undefined ? undefined : sayInstant(to - 1, moment)
	);
	return `${words}, ${moment.zone}`;
}

function sayStretch(from: string | undefined, to: string | undefined): string {
	if (from === undefined) return `until ${to}`;
	if (to === undefined) return `from ${from}`;
	return from === to ? from : `${from} to ${to}`;
}

/** "24 Aug 14:05"; with its year where that is not the present one. */
export function sayInstant(instant: number, { now, zone }: Moment): string {
	const parts = { timeZone: zone, year: 'numeric' } as const;
	const year = new Intl.DateTimeFormat('en-GB', parts);
	const other = year.format(instant) !== year.format(now);
	return new Intl.DateTimeFormat('en-GB', {
		timeZone: zone,
		day: 'numeric',
		month: 'short',
		...(other ? { year: 'numeric' } : {}),
		hour: '2-digit',
		minute: '2-digit'
	})
		.format(instant)
		.replace(',', '');
}

/** "24 Aug"; with its year where that is not the present one. */
export function sayDay(day: Day, { now, zone }: Moment): string {
	const present = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric' }).format(now);
	return new Intl.DateTimeFormat('en-GB', {
		timeZone: 'UTC',
		day: 'numeric',
		month: 'short',
		...(day.slice(0, 4) === present ? {} : { year: 'numeric' })
	}).format(Date.parse(`${day}T00:00:00Z`));
}
