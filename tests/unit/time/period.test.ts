import { expect, test } from 'vitest';
import { periodDays, type Period } from '$lib/time/period';

// A Wednesday; still Tuesday evening in New York.
const now = Date.parse('2024-05-15T02:00:00Z');

test.each<[Period, string, string]>([
	['today', '2024-05-15', '2024-05-16'],
	['yesterday', '2024-05-14', '2024-05-15'],
	['tomorrow', '2024-05-16', '2024-05-17'],
	['thisWeek', '2024-05-13', '2024-05-20'],
	['lastWeek', '2024-05-06', '2024-05-13'],
	['nextWeek', '2024-05-20', '2024-05-27'],
	['thisMonth', '2024-05-01', '2024-06-01'],
	['lastMonth', '2024-04-01', '2024-05-01'],
	['nextMonth', '2024-06-01', '2024-07-01'],
	['thisQuarter', '2024-04-01', '2024-07-01'],
	['lastQuarter', '2024-01-01', '2024-04-01'],
	['nextQuarter', '2024-07-01', '2024-10-01'],
	['thisYear', '2024-01-01', '2025-01-01'],
	['lastYear', '2023-01-01', '2024-01-01'],
	['nextYear', '2025-01-01', '2026-01-01']
])('%s is %s until %s', (period, from, to) => {
	expect(periodDays(period, { now, zone: 'Europe/Zurich', weekStart: 1 })).toEqual({ from, to });
});

test('weeks start when the workspace says, and today is where the workspace is', () => {
	const moment = { now, zone: 'America/New_York', weekStart: 7 };
	expect(periodDays('today', moment).from).toBe('2024-05-14');
	expect(periodDays('thisWeek', moment)).toEqual({ from: '2024-05-12', to: '2024-05-19' });
});
