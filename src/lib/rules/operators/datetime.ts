import { dayOf, instantOf } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { periodDays, startOf } from '$lib/time/period';
import {
	addToDay,
	addUnits,
	dayAt,
	endOfDay,
	monthOf,
	startOfDay,
	weekdayOf,
	zoneOffsets
} from '$lib/time/zone';
import { compare, compareSql } from './date';
import { isFieldOperand } from './operand';
import { positiveOf, type Operators } from './operator';
import { DatetimeTest, explain, info, negatives, type PositiveTime, type StretchOf } from './time';

/** Instants in epoch milliseconds, from `from` until before `to`; an end left out is open. */
export interface InstantRange {
	readonly from?: number;
	readonly to?: number;
}

/** Datetimes are instants, kept to the millisecond, so that "until N, included" is "before N + 1 ms". */
export const datetime: Operators<DatetimeTest, PositiveTime<DatetimeTest>> = {
	schema: DatetimeTest,
	info,
	complementOf: (test) => positiveOf(test, negatives),

	sql(test, value, moment, sibling) {
		if ('value' in test && isFieldOperand(test.value))
			return compareSql(test.operator, value, sibling(test.value.field));
		if (test.operator === 'dayOfWeek')
			return sql`extract(isodow from ${localSql(value, moment.zone)}) = any(${test.days}::int[])`;
		if (test.operator === 'monthIs')
			return sql`extract(month from ${localSql(value, moment.zone)}) = any(${test.months}::int[])`;
		return rangeSql(instantRange(test, moment), value);
	},

	holds(test, value, moment, sibling) {
		const at = Number(value);
		if ('value' in test && isFieldOperand(test.value))
			return compare(test.operator, at, sibling(test.value.field)!);
		if (test.operator === 'dayOfWeek') return test.days.includes(weekdayOf(dayAt(at, moment.zone)));
		if (test.operator === 'monthIs') return test.months.includes(monthOf(dayAt(at, moment.zone)));
		return inRange(knownRange(test, moment), at);
	},

	explain
};

type Sql = ReturnType<typeof sql>;

export function rangeSql({ from, to }: InstantRange, value: Sql): Sql {
	if (from === undefined) return sql`${value} < ${instantSql(to!)}`;
	if (to === undefined) return sql`${value} >= ${instantSql(from)}`;
	return sql`(${value} >= ${instantSql(from)} and ${value} < ${instantSql(to)})`;
}

/** Postgres reads only the years from 1 to 9999 as ISO 8601 writes them; the last day of these may end after them. */
const instantSql = (at: number): Sql =>
	at >= firstYear && at <= lastYear
		? sql`${new Date(at)}`
		: sql`to_timestamp(${at}::float8 / 1000)`;
const firstYear = Date.parse('0001-01-01T00:00:00.000Z');
const lastYear = Date.parse('9999-12-31T23:59:59.999Z');

export const inRange = ({ from, to }: InstantRange, at: number): boolean =>
	(from === undefined || at >= from) && (to === undefined || at < to);

type Stretch = StretchOf<DatetimeTest>;
const ranges = new WeakMap<Stretch, { readonly moment: Moment; readonly range: InstantRange }>();

/** A stretch is asked about one event after another of the same moment: its ends are worked out once. */
function knownRange(test: Stretch, moment: Moment): InstantRange {
	const known = ranges.get(test);
	if (known?.moment === moment) return known.range;
	const range = instantRange(test, moment);
	ranges.set(test, { moment, range });
	return range;
}

/** The instants a stretch of time means at this moment. Shown by the editor as well. */
export function instantRange(test: StretchOf<DatetimeTest>, moment: Moment): InstantRange {
	const { now, zone, weekStart } = moment;
	const today = dayAt(now, zone);
	const starts = (text: string) => instantOf(text) ?? startOfDay(text, zone);
	/** The end of a day; an instant ends with itself. */
	const ends = (text: string) => (dayOf(text) ? endOfDay(text, zone) : instantOf(text)! + 1);
	switch (test.operator) {
		case 'on':
			return { from: starts(test.day), to: ends(test.day) };
		case 'before':
			return { to: starts(String(test.value)) };
		case 'onOrBefore':
			return { to: ends(String(test.value)) };
		case 'after':
			return { from: ends(String(test.value)) };
		case 'onOrAfter':
			return { from: starts(String(test.value)) };
		case 'between':
			return { from: starts(test.from), to: ends(test.to) };
		case 'inLast':
			return { from: addUnits(now, -test.n, test.unit, zone), to: now + 1 };
		case 'moreThanAgo':
			return { to: addUnits(now, -test.n, test.unit, zone) };
		case 'inNext':
			return { from: now + 1, to: addUnits(now, test.n, test.unit, zone) + 1 };
		case 'moreThanAhead':
			return { from: addUnits(now, test.n, test.unit, zone) + 1 };
		case 'betweenAgo':
			return {
				from: addUnits(now, -test.far, test.unit, zone),
				to: addUnits(now, -test.near, test.unit, zone) + 1
			};
		case 'inLastCalendar': {
			const start = addToDay(startOf(test.unit, today, weekStart), 1 - test.n, test.unit);
			return { from: startOfDay(start, zone), to: now + 1 };
		}
		case 'inPeriod': {
			const { from, to } = periodDays(test.period, moment);
			return { from: startOfDay(from, zone), to: startOfDay(to, zone) };
		}
		default:
			return unreachable(test);
	}
}

/**
 * Local wall-clock time of an instant, as a timestamp without zone. The zone's changes are bound as two arrays, so that
 * no answer hangs on the database's own zone data.
 */
export function localSql(value: Sql, zone: string): Sql {
	const { instants, offsets } = zoneOffsets(zone);
	const changes = instants.map((instant) => new Date(instant).toISOString());
	const seconds = offsets.map((offset) => offset / 1000);
	const offset = sql`(${seconds}::float8[])[greatest(width_bucket(${value}, ${changes}::timestamptz[]), 1)]`;
	return sql`((${value} at time zone 'UTC') + make_interval(secs => ${offset}))`;
}
