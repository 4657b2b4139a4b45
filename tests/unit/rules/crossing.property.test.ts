import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossings, dayCrossings } from '$lib/rules/crossing';
import { askedHolds, noSibling } from '$lib/rules/operators/comparison';
import { date } from '$lib/rules/operators/date';
import { datetime } from '$lib/rules/operators/datetime';
import { DatetimeTest, DateTest } from '$lib/rules/operators/time';
import { periods } from '$lib/time/period';
import type { Moment } from '$lib/time/moment';
import { dayAt } from '$lib/time/zone';

const hour = 3_600_000;
const day = 24 * hour;

/** Clocks that change at night, at midnight (Havana, St. John’s), by half an hour (Lord Howe), or skip a day (Apia). */
const zones = [
	'UTC',
	'Europe/Zurich',
	'America/New_York',
	'America/Havana',
	'America/St_Johns',
	'Australia/Lord_Howe',
	'Pacific/Apia',
	'Asia/Kathmandu'
];
/** Around changes of the clocks and ends of months, and anywhere. */
const instants = fc.oneof(
	fc
		.tuple(
			fc.constantFrom(
				'2024-02-28T12:00:00Z',
				'2024-02-29T23:00:00Z',
				'2025-02-28T12:00:00Z',
				'2024-03-31T01:00:00Z',
				'2024-10-27T01:00:00Z',
				'2006-10-29T02:31:00Z',
				'2024-11-03T05:00:00Z',
				'2011-12-30T10:00:00Z',
				'2024-12-31T23:00:00Z'
			),
			fc.integer({ min: -2 * day, max: 2 * day })
		)
		.map(([text, off]) => Date.parse(text) + off),
	fc.integer({ min: Date.UTC(2004, 0), max: Date.UTC(2026, 0) })
);
const n = fc.integer({ min: 1, max: 13 });
const tests = (units: readonly string[]): fc.Arbitrary<unknown> => {
	const unit = fc.oneof(fc.constantFrom(...units), fc.constantFrom('month', 'year'));
	return fc.oneof(
		fc.record({
			operator: fc.constantFrom('inLast', 'notInLast', 'inNext', 'moreThanAgo', 'moreThanAhead'),
			n,
			unit
		}),
		fc.record({
			operator: fc.constant('betweenAgo'),
			near: fc.constantFrom(1, 2),
			far: fc.integer({ min: 3, max: 13 }),
			unit
		}),
		fc.record({
			operator: fc.constant('inLastCalendar'),
			n,
			unit: fc.constantFrom('day', 'week', 'month', 'year')
		}),
		fc.record({ operator: fc.constant('inPeriod'), period: fc.constantFrom(...periods) })
	);
};
const places = fc.record({
	zone: fc.constantFrom(...zones),
	weekStart: fc.integer({ min: 1, max: 7 })
});
type Place = Omit<Moment, 'now'>;
const settings = { seed: 60, numRuns: 80 };

const holdsAt = (test: DatetimeTest, at: number, place: Place) => (now: number) =>
	askedHolds(datetime, { test }, at, { ...place, now }, noSibling);
const holdsOn = (test: DateTest, value: string, place: Place) => (now: number) =>
	askedHolds(date, { test }, value, { ...place, now }, noSibling);

/** Each crossing is one, to the millisecond; and in between nothing changes, wherever one looks. */
function expectExact(
	holds: (now: number) => boolean,
	found: readonly number[],
	from: number,
	to: number,
	dice: readonly number[]
): void {
	const ends = [from, ...found, to + 1];
	for (const [i, start] of ends.slice(0, -1).entries()) {
		const last = ends[i + 1]! - 1;
		if (i > 0) expect([start, holds(start)]).toEqual([start, !holds(start - 1)]);
		const expected = holds(start);
		const probes = [
			...dice.map((part) => Math.floor(start + part * (last - start))),
			// Near its ends, where something may cross back.
			...Array.from({ length: 60 }, (_, i) => start + i * 3 * hour),
			...Array.from({ length: 60 }, (_, i) => last - i * 3 * hour)
		];
		for (const probe of probes)
			if (probe >= start && probe <= last) expect([probe, holds(probe)]).toEqual([probe, expected]);
	}
}
const dice = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 });
const span = 15 * 366 * day;

describe('when the passing of time changes what holds', () => {
	test('for instants', () => {
		let crossed = 0;
		fc.assert(
			fc.property(
				tests(['minute', 'hour', 'day', 'week']),
				instants,
				places,
				dice,
				fc.boolean(),
				(raw, at, place, dice, isNear) => {
					const test = DatetimeTest.parse(raw);
					const from = at - (isNear ? 5 * day : span);
					const found = crossings(test, at, { ...place, now: from }, at + span);
					crossed += found.length;
					expectExact(holdsAt(test, at, place), found, from, at + span, dice);
				}
			),
			settings
		);
		expect(crossed).toBeGreaterThan(settings.numRuns);
	});

	test('for days', () => {
		let crossed = 0;
		fc.assert(
			fc.property(tests(['day', 'week']), instants, places, dice, (raw, at, place, dice) => {
				const test = DateTest.parse(raw);
				const value = dayAt(at, place.zone);
				const found = dayCrossings(test, value, { ...place, now: at - span }, at + span);
				crossed += found.length;
				expectExact(holdsOn(test, value, place), found, at - span, at + span, dice);
			}),
			settings
		);
		expect(crossed).toBeGreaterThan(settings.numRuns);
	});
});

describe('by hand', () => {
	const zurich = { zone: 'Europe/Zurich', weekStart: 1 };
	const iso = (found: readonly number[]) => found.map((t) => new Date(t).toISOString());
	const after = (text: string) => ({ ...zurich, now: Date.parse(text) });

	test('in at once and out a millisecond after so many days of 24 hours, also when the clocks change', () => {
		const at = Date.parse('2026-03-28T10:00:00Z');
		const window: DatetimeTest = { operator: 'inLast', n: 2, unit: 'day' };
		expect(iso(crossings(window, at, after('2026-01-01T00:00:00Z')))).toEqual([
			'2026-03-28T10:00:00.000Z',
			'2026-03-30T10:00:00.001Z'
		]);
	});

	test('at the end of February a month ago is the same day again and again', () => {
		const at = Date.parse('2026-02-28T11:00:00Z');
		const window: DatetimeTest = { operator: 'inLast', n: 1, unit: 'month' };
		expect(iso(crossings(window, at, after('2026-03-01T00:00:00Z')))).toEqual([
			// Noon in Zurich, and midnight; on the 29th the clocks have gone forward by noon.
			'2026-03-28T11:00:00.001Z',
			'2026-03-28T23:00:00.000Z',
			'2026-03-29T10:00:00.001Z',
			'2026-03-29T22:00:00.000Z',
			'2026-03-30T10:00:00.001Z',
			'2026-03-30T22:00:00.000Z',
			'2026-03-31T10:00:00.001Z'
		]);
	});

	test('a month is this one from its first midnight to that of the next', () => {
		const at = Date.parse('2026-03-15T11:00:00Z');
		const window: DatetimeTest = { operator: 'inPeriod', period: 'thisMonth' };
		expect(iso(crossings(window, at, after('2020-01-01T00:00:00Z')))).toEqual([
			'2026-02-28T23:00:00.000Z',
			'2026-03-31T22:00:00.000Z'
		]);
	});

	test('never for what stands still', () => {
		const at = Date.parse('2026-03-15T11:00:00Z');
		const still: DatetimeTest[] = [
			{ operator: 'on', day: '2026-03-15' },
			{ operator: 'dayOfWeek', days: [7] },
			{ operator: 'hasValue' },
			{ operator: 'before', value: { field: 'seen' } }
		];
		for (const test of still)
			expect(crossings(test, at, after('2020-01-01T00:00:00Z'))).toEqual([]);
	});

	test('a date is tomorrow for one day', () => {
		const moment = after('2026-01-01T00:00:00Z');
		const found = dayCrossings({ operator: 'inPeriod', period: 'tomorrow' }, '2026-03-29', moment);
		expect(iso(found)).toEqual(['2026-03-27T23:00:00.000Z', '2026-03-28T23:00:00.000Z']);
	});

	test('a negative one changes when the positive one does', () => {
		const at = Date.parse('2026-03-28T10:00:00Z');
		const moment = after('2026-01-01T00:00:00Z');
		const ask = (operator: 'inLast' | 'notInLast') =>
			crossings({ operator, n: 3, unit: 'week' }, at, moment);
		expect(ask('notInLast')).toEqual(ask('inLast'));
		expect(ask('inLast')).toHaveLength(2);
	});
});
