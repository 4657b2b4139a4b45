import { unreachable } from '$lib/result';
import type { Moment } from '$lib/time/moment';
import { periodDays } from '$lib/time/period';
import { addDays, dayAt, type Day } from '$lib/time/zone';
import { dayOf } from '$lib/fields/value';
import type { AnniversaryTest } from './anniversary';

/** `MM-DD` of `--MM-DD`, where there is such a day in some year. */
export const yearlessDay = (text: string): string | undefined =>
	text.startsWith('--') && dayOf(`2000-${text.slice(2)}`) ? text.slice(2) : undefined;

/**
 * The days, as `MM-DD`, of those whose day comes round when the test says. 29 February counts on 1 March in common
 * years. A month and a day without a year are those of the present one.
 */
export function comingRound(test: AnniversaryTest, moment: Moment): ReadonlySet<string> {
	const today = dayAt(moment.now, moment.zone);
	const year = today.slice(0, 4);
	switch (test.operator) {
		case 'today':
			return roundIn(today, addDays(today, 1));
		case 'inNext':
			return roundIn(today, addDays(today, test.days));
		case 'inLast':
			return roundIn(addDays(today, 1 - test.days), addDays(today, 1));
		case 'inPeriod': {
			const { from, to } = periodDays(test.period, moment);
			return roundIn(from, to);
		}
		case 'monthIs':
			return new Set(
				[...roundIn(`${year}-01-01`, addDays(`${year}-12-31`, 1))].filter((day) =>
					test.months.includes(monthIn(day, year))
				)
			);
		case 'onDay': {
			const day = yearlessDay(test.day)!;
			return new Set(day === '03-01' ? roundIn(`${year}-03-01`, `${year}-03-02`) : [day]);
		}
		default:
			return unreachable(test);
	}
}

/** Of the days from `from` until before `to`. */
function roundIn(from: Day, to: Day): ReadonlySet<string> {
	const days = new Set<string>();
	for (let day = from; day < to && days.size < 366; day = addDays(day, 1)) {
		days.add(day.slice(5));
		if (day.endsWith('-03-01') && addDays(day, -1).endsWith('-28')) days.add('02-29');
	}
	return days;
}

/** The month in which a day comes round in a year. */
const monthIn = (day: string, year: string): number =>
	day === '02-29' && dayOf(`${year}-02-29`) === undefined ? 3 : Number(day.slice(0, 2));
