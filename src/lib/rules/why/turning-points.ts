import type { Moment } from '$lib/time/moment';
import { startOf, type Period } from '$lib/time/period';
import { addDays, addUnits, dayAt, startOfDay, type Day, type Unit } from '$lib/time/zone';
import type { Condition } from '../conditions/registry';
import { kindOf } from '../conditions/registry';
import { crossings } from '../crossing';
import { DatetimeTest, stretchOf } from '../operators/time';
import type { Person } from '../person';
import { timesOf, type TimeTest } from '../times';
import { instantsOf, type Instants } from './instants';

/** Instants in epoch milliseconds, both included. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

/** A calendar, and the stretch of it that is looked at. */
export interface Search {
	/** Its `now` is not looked at. */
	readonly moment: Moment;
	readonly span: Span;
	/** The days that begin in the span, with the instant each begins at. */
	readonly days: () => readonly (readonly [Day, number])[];
}

export function searchOf(moment: Moment, span: Span): Search {
	let known: readonly (readonly [Day, number])[] | undefined;
	return { moment, span, days: () => (known ??= daysIn(span, moment.zone)) };
}

/**
 * The instants in a span, ascending, at which what a condition says of a person may become another: between one and the
 * next it is the same throughout. There are more of them than changes.
 */
export function turningPoints(
	condition: Condition,
	person: Person,
	search: Search
): readonly number[] {
	const instants = instantsOf(condition, person);
	const points = [
		...instants.own.flatMap((at) => [at, at + 1]),
		...timesTold(condition).flatMap((time) => pointsOf(time, instants, search))
	];
	const { from, to } = search.span;
	return [...new Set(points)].filter((at) => at >= from && at <= to).sort((a, b) => a - b);
}

const timesTold = (condition: Condition): readonly TimeTest[] => [
	...timesOf(condition),
	...(kindOf(condition).timesBetween?.(condition) ?? [])
];

function pointsOf({ family, test }: TimeTest, instants: Instants, search: Search): number[] {
	const begins = () => search.days().map(([, start]) => start);
	if (family === 'date') return begins();
	const parsed = DatetimeTest.safeParse(test);
	const stretch = parsed.success ? stretchOf(parsed.data) : undefined;
	const { weekStart } = search.moment;
	const all = [...instants.own, ...instants.told];
	const away = (n: number, unit: Unit) => all.flatMap((at) => passing(at, n, unit, search.moment));
	switch (stretch?.operator) {
		case 'inLast':
		case 'moreThanAgo':
			return [...instants.told.flatMap(beside), ...away(stretch.n, stretch.unit)];
		case 'inNext':
		case 'moreThanAhead':
			return [...instants.told.flatMap(beside), ...away(-stretch.n, stretch.unit)];
		case 'betweenAgo':
			return [...away(stretch.near, stretch.unit), ...away(stretch.far, stretch.unit)];
		case 'inLastCalendar':
		case 'inPeriod': {
			const unit = stretch.operator === 'inPeriod' ? unitOf(stretch.period) : stretch.unit;
			const turns = search.days().filter(([day]) => startOf(unit, day, weekStart) === day);
			return [...instants.told.flatMap(beside), ...turns.map(([, start]) => start)];
		}
		default:
			return [];
	}
}

const beside = (at: number): readonly number[] => [at, at + 1];

const unitOf = (period: Period) => {
	const unit = /Week|Month|Quarter|Year/.exec(period)?.[0];
	return (unit?.toLowerCase() ?? 'day') as 'day' | 'week' | 'month' | 'quarter' | 'year';
};

const day = 86_400_000;
/** A month is so much longer or shorter than another, and then some. */
const slack = 5 * day;

/** The moments at which an instant becomes `n` units ago; before it, with a negative `n`. */
function passing(at: number, n: number, unit: Unit, moment: Moment): readonly number[] {
	const then = addUnits(at, n, unit, moment.zone);
	if (unit !== 'month' && unit !== 'year') return beside(then);
	const operator = n < 0 ? 'inNext' : 'inLast';
	const test = { operator, n: Math.abs(n), unit } as const;
	const near = { ...moment, now: then - slack };
	// Some ends count themselves in, and others do not.
	return [at, at - 1].flatMap((edge) => crossings(test, edge, near, then + slack));
}

function daysIn({ from, to }: Span, zone: string): readonly (readonly [Day, number])[] {
	const days: [Day, number][] = [];
	for (let day = dayAt(from, zone); ; day = addDays(day, 1)) {
		const start = startOfDay(day, zone);
		if (start > to) return days;
		days.push([day, start]);
	}
}
