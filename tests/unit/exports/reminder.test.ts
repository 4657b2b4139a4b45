import { describe, expect, it } from 'vitest';
import {
	afterExport,
	dueAt,
	dueReminders,
	withReminder,
	type Reminder
} from '$lib/exports/reminder';

const zone = 'Europe/Zurich';
const at = (text: string) => Date.parse(text);
const weekly: Reminder = {
	...{ segment: 's', name: 'S', every: 'week' },
	since: at('2026-01-05T09:00:00Z')
};

describe('a reminder', () => {
	it('is due a day, a week or a month of the calendar later', () => {
		expect(dueAt({ ...weekly, every: 'day' }, zone)).toBe(at('2026-01-06T09:00:00Z'));
		expect(dueAt(weekly, zone)).toBe(at('2026-01-12T09:00:00Z'));
		const last = { ...weekly, every: 'month', since: at('2026-01-31T09:00:00Z') } as const;
		expect(dueAt(last, zone)).toBe(at('2026-02-28T09:00:00Z'));
	});

	it('rests until it is wanted again, and begins anew with an export', () => {
		const now = at('2026-01-13T09:00:00Z');
		expect(dueReminders([weekly], now, zone)).toEqual([weekly]);
		const resting = { ...weekly, quietUntil: now + 1 };
		expect(dueReminders([resting], now, zone)).toEqual([]);
		expect(dueReminders([resting], now + 1, zone)).toEqual([resting]);
		expect(dueReminders(afterExport([resting], 's', now), now + 1, zone)).toEqual([]);
		expect(afterExport([resting], 'other', now)).toEqual([resting]);
	});

	it('is one a segment, the longest due first', () => {
		const daily = { ...weekly, every: 'day' } as const;
		const other = { ...weekly, segment: 'o', since: weekly.since - 1 };
		const all = withReminder(withReminder([weekly], other), daily);
		expect(all).toEqual([other, daily]);
		expect(dueReminders(all, at('2026-02-01T00:00:00Z'), zone)).toEqual([daily, other]);
	});
});
