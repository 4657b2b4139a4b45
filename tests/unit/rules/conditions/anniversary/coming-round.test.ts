import { expect, test } from 'vitest';
import { comingRound } from '$lib/rules/conditions/anniversary/coming-round';

const at = (now: string, zone = 'UTC') => ({ now: Date.parse(now), zone, weekStart: 1 });

test.each([
	// 29 February counts on 1 March in common years, 1900 and 2100 among them.
	['2023-03-01T12:00:00Z', ['02-29', '03-01']],
	['2023-02-28T12:00:00Z', ['02-28']],
	['2024-02-29T12:00:00Z', ['02-29']],
	['2024-03-01T12:00:00Z', ['03-01']],
	['2000-03-01T12:00:00Z', ['03-01']],
	['2100-03-01T12:00:00Z', ['02-29', '03-01']]
])('today, on %s, is %j', (now, days) => {
	expect([...comingRound({ operator: 'today' }, at(now))].sort()).toEqual(days);
});

test('a day is one of the workspace’s zone', () => {
	const evening = '2023-03-01T04:30:00Z';
	const today = { operator: 'today' } as const;
	expect([...comingRound(today, at(evening, 'America/New_York'))]).toEqual(['02-28']);
	expect([...comingRound(today, at(evening, 'Asia/Tokyo'))].sort()).toEqual(['02-29', '03-01']);
	// No midnight on 31 March 2024 in Beirut: the day starts at one.
	expect([...comingRound(today, at('2024-03-30T22:00:00Z', 'Asia/Beirut'))]).toEqual(['03-31']);
});

test('windows wrap the year, whole days with today first', () => {
	const december = at('2023-12-30T12:00:00Z');
	expect([...comingRound({ operator: 'inNext', days: 4 }, december)]).toEqual([
		'12-30',
		'12-31',
		'01-01',
		'01-02'
	]);
	const january = at('2024-01-02T12:00:00Z');
	expect([...comingRound({ operator: 'inLast', days: 3 }, january)]).toEqual([
		'12-31',
		'01-01',
		'01-02'
	]);
	expect(comingRound({ operator: 'inNext', days: 365 }, at('2023-01-01T00:00:00Z')).size).toBe(366);
	expect(comingRound({ operator: 'inNext', days: 366 }, at('2024-01-01T00:00:00Z')).size).toBe(366);
});

test('a month is that of the present year', () => {
	const march = { operator: 'monthIs', months: [3] } as const;
	const february = { operator: 'monthIs', months: [2] } as const;
	const days = (test: Parameters<typeof comingRound>[0], year: number) =>
		comingRound(test, at(`${year}-08-01T12:00:00Z`));
	expect(days({ ...march, months: [3] }, 2023).has('02-29')).toBe(true);
	expect(days({ ...february, months: [2] }, 2023).has('02-29')).toBe(false);
	expect(days({ ...march, months: [3] }, 2024).has('02-29')).toBe(false);
	expect(days({ ...february, months: [2] }, 2024).has('02-29')).toBe(true);
	expect(days({ operator: 'inPeriod', period: 'thisYear' }, 2023).size).toBe(366);
});

test('29 February can be asked for by its own name in any year', () => {
	const on = (day: string, year: number) =>
		[...comingRound({ operator: 'onDay', day }, at(`${year}-08-01T12:00:00Z`))].sort();
	expect(on('--02-29', 2023)).toEqual(['02-29']);
	expect(on('--03-01', 2023)).toEqual(['02-29', '03-01']);
	expect(on('--03-01', 2024)).toEqual(['03-01']);
	expect(on('--12-24', 2024)).toEqual(['12-24']);
});
