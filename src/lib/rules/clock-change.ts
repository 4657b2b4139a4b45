import type { Moment } from '$lib/time/moment';
import {
	addUnits,
	changeBetween,
	dayAt,
	dayOfLocal,
	localTime,
	offsetAt,
	type Day
} from '$lib/time/zone';
import { instantRange } from './operators/datetime';
import { DatetimeTest, stretchOf } from './operators/time';
import { plural } from './phrase';
import type { TimeTest } from './times';

/** That the clocks change within a time, where that makes it another than people may expect. */
export type ClockChange =
	| {
			/** So many days of 24 hours away the clock shows another time than now. */
			readonly type: 'Shifted';
			/** The day the clocks change. */
			readonly on: Day;
			readonly n: number;
			readonly unit: 'day' | 'week';
			readonly ahead: boolean;
			/** What is so far away, in local time, and what one expects it to be. */
			readonly is: LocalTime;
			readonly expected: LocalTime;
	  }
	/** A whole day that is shorter or longer than others. */
	| { readonly type: 'OddDay'; readonly hours: number };

interface LocalTime {
	readonly day: Day;
	/** `HH:MM` */
	readonly time: string;
}

const hour = 3_600_000;
/** Of a longer time nobody expects an hour to matter. */
const longest = 60 * 24 * hour;

/** Months and years, and whole periods, go by the clock on the wall: of those only single days are odd. */
export function clockChange({ family, test }: TimeTest, moment: Moment): ClockChange | undefined {
	if (family !== 'datetime') return;
	const parsed = DatetimeTest.safeParse(test);
	const stretch = parsed.success ? stretchOf(parsed.data) : undefined;
	switch (stretch?.operator) {
		case 'inLast':
		case 'moreThanAgo':
			return shifted(-stretch.n, stretch.unit, moment);
		case 'inNext':
		case 'moreThanAhead':
			return shifted(stretch.n, stretch.unit, moment);
		case 'betweenAgo':
			return (
				shifted(-stretch.far, stretch.unit, moment) ?? shifted(-stretch.near, stretch.unit, moment)
			);
		case 'on':
			return oddDay(instantRange(stretch, moment));
		case 'inPeriod':
			return /^(today|yesterday|tomorrow)$/.test(stretch.period)
				? oddDay(instantRange(stretch, moment))
				: undefined;
		default:
			return;
	}
}

function shifted(n: number, unit: string, moment: Moment): ClockChange | undefined {
	if (unit !== 'day' && unit !== 'week') return;
	const { now, zone } = moment;
	const at = addUnits(now, n, unit, zone);
	if (Math.abs(at - now) > longest || offsetAt(at, zone) === offsetAt(now, zone)) return;
	const change = changeBetween(Math.min(at, now), Math.max(at, now), zone);
	return {
		type: 'Shifted',
		on: dayAt(change, zone),
		n: Math.abs(n),
		unit,
		ahead: n > 0,
		is: timeOf(localTime(at, zone)),
		expected: timeOf(localTime(now, zone) + at - now)
	};
}

const timeOf = (local: number): LocalTime => ({
	day: dayOfLocal(local),
	time: new Date(local).toISOString().slice(11, 16)
});

function oddDay({ from = 0, to = 0 }: { from?: number; to?: number }): ClockChange | undefined {
	const hours = (to - from) / hour;
	return hours === 24 ? undefined : { type: 'OddDay', hours };
}

export function describeClockChange(change: ClockChange): string {
	if (change.type === 'OddDay')
		return `The clocks change on that day: it has ${change.hours} hours.`;
	const { on, n, unit, ahead, is, expected } = change;
	const far = `${plural(n, unit)} ${ahead ? 'ahead' : 'ago'}`;
	const not = expected.day === is.day ? expected.time : say(expected);
	return `The clocks change on ${sayDay(on)}: ${far} is ${say(is)}, not ${not}.`;
}

const say = ({ day, time }: LocalTime): string => `${sayDay(day)} ${time}`;

const sayDay = (day: Day): string =>
	new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(
		Date.parse(`${day}T00:00:00Z`)
	);
