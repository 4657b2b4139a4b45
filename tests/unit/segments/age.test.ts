import { expect, it } from 'vitest';
import { ageOf, clockText, dayText, instantText } from '$lib/segments/age';

const now = Date.parse('2026-01-15T10:00:00Z');
const minute = 60_000;
const ago = (time: number) => ageOf(now - time, now, 'Europe/Zurich');

it('an age is as short as it can be, and a date after a week', () => {
	expect(ago(0)).toBe('now');
	expect(ago(59_999)).toBe('now');
	expect(ago(minute)).toBe('1 min ago');
	expect(ago(60 * minute)).toBe('1 h ago');
	expect(ago(47 * 60 * minute)).toBe('1 d ago');
	expect(ago(7 * 24 * 60 * minute)).toBe('8 Jan 2026');
});

it('dates and times are those of the workspace’s zone', () => {
	const late = Date.parse('2026-01-14T23:30:05Z');
	expect(dayText(late, 'Europe/Zurich')).toBe('15 Jan 2026');
	expect(dayText(late, 'UTC')).toBe('14 Jan 2026');
	expect(instantText(late, 'Europe/Zurich')).toBe('15 Jan 2026, 00:30');
	expect(clockText(late, 'Europe/Zurich')).toBe('00:30:05');
});
