import type { Comparable } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import { sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { periodDays, startOf } from '$lib/time/period';
import { addDays, addToDay, dayAt, monthOf, weekdayOf, type Day } from '$lib/time/zone';
import { isFieldOperand } from './operand';
import { positiveOf, type Operators } from './operator';
import {
	DateTest,
	explain,
	info,
	negatives,
	sides,
	type PositiveTime,
	type StretchOf
} from './time';

/** Days from `from` until before `to`; an end left out is open. */
export interface DayRange {
	readonly from?: Day;
	readonly to?: Day;
}

/** A date has no zone: it is compared as a day of the calendar. Days as `YYYY-MM-DD` sort as text. */
export const date: Operators<DateTest, PositiveTime<DateTest>> = {
	schema: DateTest,
	info,
	complementOf: (test) => positiveOf(test, negatives),

	sql(test, value, moment, sibling) {
		if ('value' in test && isFieldOperand(test.value))
			return compareSql(test.operator, value, sibling(test.value.field));
		if (test.operator === 'dayOfWeek')
			return sql`extract(isodow from ${value}::date) = any(${test.days}::int[])`;
		if (test.operator === 'monthIs')
			return sql`substring(${value} from 6 for 2)::int = any(${test.months}::int[])`;
		const { from, to } = dayRange(test, moment);
		const bytes = sql`(${value}) collate "C"`;
		if (from === undefined && to === undefined) return sql`${value} is not null`;
		if (from === undefined) return sql`${bytes} < ${to!}`;
		if (to === undefined) return sql`${bytes} >= ${from}`;
		return sql`(${bytes} >= ${from} and ${bytes} < ${to})`;
	},

	holds(test, value, moment, sibling) {
		const day = String(value);
		if ('value' in test && isFieldOperand(test.value))
			return compare(test.operator, day, sibling(test.value.field)!);
		if (test.operator === 'dayOfWeek') return test.days.includes(weekdayOf(day));
		if (test.operator === 'monthIs') return test.months.includes(monthOf(day));
		const { from, to } = dayRange(test, moment);
		return (from === undefined || day >= from) && (to === undefined || day < to);
	},

	explain
};

/** The days a stretch of time means at this moment. */
export function dayRange(test: StretchOf<DateTest>, moment: Moment): DayRange {
	const today = dayAt(moment.now, moment.zone);
	switch (test.operator) {
		case 'on':
			return { from: test.day, ...until(test.day) };
		case 'before':
			return { to: String(test.value) };
		case 'onOrBefore':
			return until(String(test.value));
		case 'after':
			return after(String(test.value));
		case 'onOrAfter':
			return { from: String(test.value) };
		case 'between':
			return { from: test.from, ...until(test.to) };
		case 'inLast':
			return { from: addDays(addToDay(today, -test.n, test.unit), 1), to: addDays(today, 1) };
		case 'moreThanAgo':
			return { to: addDays(addToDay(today, -test.n, test.unit), 1) };
		case 'inNext':
			return { from: today, to: addToDay(today, test.n, test.unit) };
		case 'moreThanAhead':
			return { from: addToDay(today, test.n, test.unit) };
		case 'betweenAgo':
			return {
				from: addToDay(today, -test.far, test.unit),
				to: addDays(addToDay(today, -test.near, test.unit), 1)
			};
		case 'inLastCalendar': {
			const start = startOf(test.unit, today, moment.weekStart);
			return { from: addToDay(start, 1 - test.n, test.unit), to: addDays(today, 1) };
		}
		case 'inPeriod':
			return periodDays(test.period, moment);
		default:
			return unreachable(test);
	}
}

/** With that day; open where it is the last one that there is. */
function until(day: Day): DayRange {
	const next = addDays(day, 1);
	return next === day ? {} : { to: next };
}

/** Without that day; no day at all where it is the last one. */
function after(day: Day): DayRange {
	const next = addDays(day, 1);
	return next === day ? { from: day, to: day } : { from: next };
}

type Side = (typeof sides)[number];

export function compareSql(side: Side, left: Sql, right: Sql): Sql {
	switch (side) {
		case 'before':
			return sql`${left} < ${right}`;
		case 'onOrBefore':
			return sql`${left} <= ${right}`;
		case 'after':
			return sql`${left} > ${right}`;
		case 'onOrAfter':
			return sql`${left} >= ${right}`;
		default:
			return unreachable(side);
	}
}

export function compare(side: Side, left: Comparable, right: Comparable): boolean {
	switch (side) {
		case 'before':
			return left < right;
		case 'onOrBefore':
			return left <= right;
		case 'after':
			return left > right;
		case 'onOrAfter':
			return left >= right;
		default:
			return unreachable(side);
	}
}
