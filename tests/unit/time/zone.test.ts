import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
	addMonths,
	addUnits,
	dayAt,
	instantOfLocal,
	offsetAt,
	startOfDay,
	weekdayOf,
	zoneOffsets,
	type Unit
} from '$lib/time/zone';

const zones = [
	'UTC',
	'Europe/Zurich',
	'America/New_York',
	'America/Sao_Paulo',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Africa/Casablanca',
	'Pacific/Apia',
	'Asia/Beirut'
];
const zone = fc.constantFrom(...zones);
const instant = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2037, 0, 1) });
const zoned = (at: number, zone: string) =>
	Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

const iso = (at: number) => new Date(at).toISOString();
const local = (text: string) => Date.parse(`${text}Z`);

describe('against Temporal', () => {
	test('offsets and days agree', () => {
		fc.assert(
			fc.property(instant, zone, (at, zone) => {
				expect(offsetAt(at, zone)).toBe(zoned(at, zone).offsetNanoseconds / 1e6);
				expect(dayAt(at, zone)).toBe(zoned(at, zone).toPlainDate().toString());
				expect(weekdayOf(dayAt(at, zone))).toBe(zoned(at, zone).dayOfWeek);
			}),
			{ numRuns: 500, seed: 1 }
		);
	});

	test('a day starts at its first instant', () => {
		fc.assert(
			fc.property(instant, zone, (at, zone) => {
				const day = zoned(at, zone).toPlainDate();
				expect(startOfDay(day.toString(), zone)).toBe(
					zoned(at, zone).startOfDay().epochMilliseconds
				);
			}),
			{ numRuns: 500, seed: 2 }
		);
	});

	test('units are added as they should be, wherever the local time exists', () => {
		const unit = fc.constantFrom<Unit>('minute', 'hour', 'day', 'week', 'month', 'year');
		fc.assert(
			fc.property(instant, zone, fc.integer({ min: -40, max: 40 }), unit, (at, zone, n, unit) => {
				const start = zoned(at, zone);
				const byCalendar = unit === 'month' || unit === 'year';
				// A day is 24 hours here, a week seven of those.
				const expected = byCalendar
					? start.add({ [`${unit}s`]: n })
					: start.add({
							milliseconds: n * { minute: 6e4, hour: 36e5, day: 864e5, week: 6048e5 }[unit]
						});
				const wall = start.toPlainDateTime().add({ [`${unit}s`]: n });
				if (byCalendar && !expected.toPlainDateTime().equals(wall)) return; // skipped by the clocks
				expect(iso(addUnits(at, n, unit, zone))).toBe(iso(expected.epochMilliseconds));
			}),
			{ numRuns: 1000, seed: 3 }
		);
	});

	test('the changes of a zone give every offset since 1970', () => {
		fc.assert(
			fc.property(instant, zone, (at, zone) => {
				const { instants, offsets } = zoneOffsets(zone);
				const i = instants.findLastIndex((change) => change <= at);
				expect(offsets[i]).toBe(offsetAt(at, zone));
			}),
			{ numRuns: 300, seed: 4 }
		);
	});
});

describe('where the clocks change', () => {
	test('a local time that is skipped is the first instant after the gap', () => {
		const at = instantOfLocal(local('2024-03-31T02:30:00'), 'Europe/Zurich');
		expect(iso(at)).toBe('2024-03-31T01:00:00.000Z');
	});

	test('a local time that occurs twice is the earlier one', () => {
		const at = instantOfLocal(local('2024-10-27T02:30:00'), 'Europe/Zurich');
		expect(iso(at)).toBe('2024-10-27T00:30:00.000Z');
	});

	test('a day whose midnight is skipped starts at one', () => {
		expect(iso(startOfDay('2018-11-04', 'America/Sao_Paulo'))).toBe('2018-11-04T03:00:00.000Z');
	});

	test('a month before a skipped local time ends after the gap', () => {
		const from = Date.parse('2024-04-30T00:30:00Z'); // 02:30 in Zurich
		expect(iso(addUnits(from, -1, 'month', 'Europe/Zurich'))).toBe('2024-03-30T01:30:00.000Z');
		const skipped = Date.parse('2024-05-31T00:30:00Z');
		expect(iso(addUnits(skipped, -2, 'month', 'Europe/Zurich'))).toBe('2024-03-31T01:00:00.000Z');
	});
});

test.each([
	['2024-03-31', -1, '2024-02-29'],
	['2023-03-31', -1, '2023-02-28'],
	['2024-01-31', 1, '2024-02-29'],
	['2024-12-15', 1, '2025-01-15'],
	['2024-02-29', 12, '2025-02-28']
])('%s and %i months is %s', (day, months, expected) => {
	expect(addMonths(day, months)).toBe(expected);
});

test('what is thousands of years away is the first or the last day of four digits', () => {
	expect(addMonths('2024-02-29', -12 * 10_000)).toBe('0002-01-01');
	expect(addMonths('2024-02-29', 12 * 10_000)).toBe('9999-12-31');
	const now = Date.parse('2024-06-15T10:00:00Z');
	for (const zone of zones) {
		for (const unit of ['month', 'year'] as const) {
			const [early, late] = [addUnits(now, -10_000, unit, zone), addUnits(now, 10_000, unit, zone)];
			expect(early).toBeLessThan(now);
			expect(late).toBeGreaterThan(now);
			expect([dayAt(early, zone), dayAt(late, zone)].join()).toMatch(
				/^\d{4}-\d\d-\d\d,\d{4}-\d\d-\d\d$/
			);
		}
	}
});

test('years of less than three digits are themselves', () => {
	expect(addMonths('0104-03-31', -1)).toBe('0104-02-29');
	expect(addMonths('0099-12-31', 2)).toBe('0100-02-28');
	expect(addMonths('0100-01-31', -12)).toBe('0099-01-31');
});
