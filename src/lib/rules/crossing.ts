import type { Moment } from '$lib/time/moment';
import { changeBetween, offsetAt, type Day } from '$lib/time/zone';
import { dayRange, type DayRange } from './operators/date';
import { inRange, instantRange, type InstantRange } from './operators/datetime';
import { stretchOf, type DatetimeTest, type DateTest, type StretchOf } from './operators/time';

/**
 * When the passing of time alone changes whether a test holds. A stretch of time mostly goes ahead with now, but not
 * always: on the last days of March "a month ago" is the 28th of February again and again, and what went out of the last
 * month at noon is in it the next morning. So an instant may cross its ends several times within a few days.
 */

/** The last instant that is looked at. */
const endOfTime = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The moments after `moment.now` and up to `until`, in epoch milliseconds and ascending, at which a test begins or ceases
 * to hold for an instant: at each the answer is another than a millisecond before. Empty for tests that do not hang on
 * now.
 */
export function crossings(
	test: DatetimeTest,
	at: number,
	moment: Moment,
	until: number = endOfTime
): readonly number[] {
	const stretch = movingOf(test);
	if (!stretch) return [];
	return crossingsOf((now) => instantRange(stretch, { ...moment, now }), at, moment, until);
}

/** The same for a day that a date field has. */
export function dayCrossings(
	test: DateTest,
	day: Day,
	moment: Moment,
	until: number = endOfTime
): readonly number[] {
	const stretch = movingOf(test);
	if (!stretch) return [];
	const range = (now: number) => midnights(dayRange(stretch, { ...moment, now }));
	return crossingsOf(range, utc(day), moment, until);
}

/** The stretch of time a test is about, a negative one about what it leaves out, if it moves as time passes. */
export function movingOf<T extends DatetimeTest | DateTest>(test: T): StretchOf<T> | undefined {
	const stretch = stretchOf(test);
	return stretch && !absolute.has(stretch.operator) ? stretch : undefined;
}

/** Stretches that stay where they are. */
const absolute: ReadonlySet<string> = new Set([
	'on',
	'before',
	'onOrBefore',
	'after',
	'onOrAfter',
	'between'
]);

const dayLength = 86_400_000;
/** So far an end goes back at most while now goes ahead: a day, and what the clocks are put back. */
const setback = 3 * dayLength;

const utc = (day: Day): number => Date.parse(`${day}T00:00:00.000Z`);

/** Days as instants, so that they are reckoned with alike. */
const midnights = ({ from, to }: DayRange): InstantRange => ({
	...(from === undefined ? {} : { from: utc(from) }),
	...(to === undefined ? {} : { to: utc(to) })
});

/** From when to when is looked, in which zone. */
interface Span {
	readonly from: number;
	readonly to: number;
	readonly zone: string;
}

function crossingsOf(
	range: (now: number) => InstantRange,
	at: number,
	{ now, zone }: Moment,
	until: number
): readonly number[] {
	const span = { from: now, to: until, zone };
	// An end that is open stays open.
	const ends = (['from', 'to'] as const).filter((end) => range(now)[end] !== undefined);
	const flips = ends.flatMap((end) => flipsOf((t) => range(t)[end]!, at, span));
	const holds = (t: number) => inRange(range(t), at);
	return [...new Set(flips)].sort((a, b) => a - b).filter((t) => holds(t) !== holds(t - 1));
}

/** The moments at which an end goes past an instant, or back before it. */
function flipsOf(end: (now: number) => number, at: number, span: Span): number[] {
	const near = nearOf(end, at, span);
	if (!near) return [];
	const isPast = (now: number) => end(now) > at;
	const starts = [...evenStarts(near), near.to + 1];
	return starts.slice(0, -1).flatMap((start, i) => {
		const last = starts[i + 1]! - 1;
		const jumps = start > near.from && isPast(start) !== isPast(start - 1);
		const passes = isPast(last) !== isPast(start);
		return [
			...(jumps ? [start] : []),
			...(passes ? [firstWhere((now) => isPast(now) !== isPast(start), start, last)] : [])
		];
	});
}

/** The days around the moment at which an end is where the instant is: before and after them it is on one side for good. */
function nearOf(end: (now: number) => number, at: number, span: Span): Span | undefined {
	const isClose = (now: number) => end(now) > at - setback;
	const isGone = (now: number) => end(now) > at + setback;
	const { from, to } = span;
	if (from >= to || isGone(from) || !isClose(to)) return;
	return {
		...span,
		from: isClose(from) ? from : firstWhere(isClose, from, to, dayLength) - dayLength,
		to: isGone(to) ? firstWhere(isGone, from, to, dayLength) : to
	};
}

/** The first moment, give or take, at which something is true that is not at `from` and is at `to`, and stays so. */
export function firstWhere(
	isTrue: (now: number) => boolean,
	from: number,
	to: number,
	precision = 1
): number {
	let [low, high] = [from, to];
	while (high - low > precision) {
		const middle = Math.floor((low + high) / 2);
		if (isTrue(middle)) high = middle;
		else low = middle;
	}
	return high;
}

/**
 * The beginnings of stretches of one local day in which the clocks do not change: within each no end goes back as now
 * goes ahead.
 */
function* evenStarts({ from, to, zone }: Span): Generator<number> {
	for (let start = from; start <= to; start = nextEvenStart(start, zone)) yield start;
}

/** Where the next such stretch begins: at midnight, or where the clocks change. */
export function nextEvenStart(now: number, zone: string): number {
	const offset = offsetAt(now, zone);
	const local = now + offset;
	const midnight = (Math.floor(local / dayLength) + 1) * dayLength - offset;
	return offsetAt(midnight, zone) === offset ? midnight : changeBetween(now, midnight, zone);
}
