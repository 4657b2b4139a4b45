import * as z from 'zod/mini';
import { Window } from '../../operators/window';

/** Windows with a time before them. */
export const beginnings: ReadonlySet<string> = new Set([
	'inLast',
	'inLastCalendar',
	'inPeriod',
	'on',
	'onOrAfter',
	'after',
	'between',
	'betweenAgo'
]);

const isGoingOn = (period: string): boolean => period === 'today' || period.startsWith('this');

/** When nothing was done any more. */
export const InactiveWindow = Window.check(
	z.refine(({ operator }) => beginnings.has(operator), {
		error: 'Choose a time that has a beginning.'
	}),
	z.refine((window) => window.operator !== 'inPeriod' || isGoingOn(window.period), {
		error: 'Choose a period that is going on, such as this month.'
	})
);

/** The time before a window; without one: up to now, for windows that go on until now or later. */
export function beforeWindow(window: Window): Window | undefined {
	switch (window.operator) {
		case 'inLast':
			return { operator: 'moreThanAgo', n: window.n, unit: window.unit };
		case 'betweenAgo':
			return { operator: 'moreThanAgo', n: window.far, unit: window.unit };
		case 'on':
			return { operator: 'before', value: window.day };
		case 'onOrAfter':
			return { operator: 'before', value: window.value };
		case 'after':
			return { operator: 'onOrBefore', value: window.value };
		case 'between':
			return { operator: 'before', value: window.from };
		default:
			return;
	}
}
