import { unreachable } from '$lib/result';
import { value, type Phrase } from '../../phrase';
import type { Window } from '../window';
import { day, monthName, periods, range, weekdayName } from './time';
import { either, nearest, nearestCalendar, sayNumber, spanDative } from './words';

/** When something happened: "in den letzten 7 Tagen". */
export function sayWindow(window: Window): Phrase {
	switch (window.operator) {
		case 'on':
			return ['am ', day(window.day)];
		case 'before':
			return ['vor dem ', day(String(window.value))];
		case 'onOrBefore':
			return ['bis zum ', day(String(window.value))];
		case 'after':
			return ['nach dem ', day(String(window.value))];
		case 'onOrAfter':
			return ['ab dem ', day(String(window.value))];
		case 'between':
			return range(window.from, window.to);
		case 'inLast':
			return nearest('letzten', window.n, window.unit);
		case 'inLastCalendar':
			return nearestCalendar(window.n, window.unit);
		case 'inNext':
			return nearest('nächsten', window.n, window.unit);
		case 'moreThanAgo':
			return ['vor mehr als ', spanDative(window.n, window.unit)];
		case 'moreThanAhead':
			return ['in mehr als ', spanDative(window.n, window.unit)];
		case 'betweenAgo':
			return ['vor ', value(sayNumber(window.near)), ' bis ', spanDative(window.far, window.unit)];
		case 'inPeriod':
			return [value(periods[window.period])];
		case 'dayOfWeek':
			return ['an einem ', ...either(window.days.map(weekdayName))];
		case 'monthIs':
			return ['im ', ...either(window.months.map(monthName))];
		default:
			return unreachable(window);
	}
}
