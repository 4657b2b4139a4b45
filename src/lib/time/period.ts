import { unreachable } from '$lib/result';
import type { Moment } from './moment';
import { addDays, addMonths, dayAt, monthOf, weekdayOf, type Day } from './zone';

export const periods = [
	'today',
	'yesterday',
	'tomorrow',
	'thisWeek',
	'lastWeek',
	'nextWeek',
	'thisMonth',
	'lastMonth',
	'nextMonth',
	'thisQuarter',
	'lastQuarter',
	'nextQuarter',
	'thisYear',
	'lastYear',
	'nextYear'
] as const;
export type Period = (typeof periods)[number];

/** Whole days, half-open: `from ≤ day < to`. */
export interface Days {
	readonly from: Day;
	readonly to: Day;
}

/** A named period as days of the workspace's calendar. */
export function periodDays(period: Period, { now, zone, weekStart }: Moment): Days {
	const today = dayAt(now, zone);
	const ahead = period.startsWith('last') ? -1 : period.startsWith('next') ? 1 : 0;
	switch (period) {
		case 'today':
			return days(today, 1);
		case 'yesterday':
			return days(addDays(today, -1), 1);
		case 'tomorrow':
			return days(addDays(today, 1), 1);
		case 'thisWeek':
		case 'lastWeek':
		case 'nextWeek':
			return days(addDays(startOf('week', today, weekStart), 7 * ahead), 7);
		case 'thisMonth':
		case 'lastMonth':
		case 'nextMonth':
			return months(startOf('month', today, weekStart), ahead, 1);
		case 'thisQuarter':
		case 'lastQuarter':
		case 'nextQuarter':
			return months(startOf('quarter', today, weekStart), 3 * ahead, 3);
		case 'thisYear':
		case 'lastYear':
		case 'nextYear':
			return months(startOf('year', today, weekStart), 12 * ahead, 12);
		default:
			return unreachable(period);
	}
}

const days = (from: Day, length: number): Days => ({ from, to: addDays(from, length) });

const months = (first: Day, ahead: number, length: number): Days => ({
	from: addMonths(first, ahead),
	to: addMonths(first, ahead + length)
});

/** The first day of the week, month, quarter or year that a day is in. */
export function startOf(
	unit: 'day' | 'week' | 'month' | 'quarter' | 'year',
	day: Day,
	weekStart: number
): Day {
	switch (unit) {
		case 'day':
			return day;
		case 'week':
			return addDays(day, -((weekdayOf(day) - weekStart + 7) % 7));
		case 'month':
			return `${day.slice(0, 7)}-01`;
		case 'quarter':
			return addMonths(`${day.slice(0, 7)}-01`, -((monthOf(day) - 1) % 3));
		case 'year':
			return `${day.slice(0, 4)}-01-01`;
		default:
			return unreachable(unit);
	}
}
