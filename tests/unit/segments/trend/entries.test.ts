import { expect, it } from 'vitest';
import type { LogEntry } from '$lib/membership/history/queries';
import { entriesByDay, sayMove } from '$lib/segments/trend/entries';
import { instantAsked, namedInstants } from '$lib/segments/trend/instants';

const entry = (at: string, move: Partial<LogEntry> = {}): LogEntry => ({
	...{ no: 1, at: Date.parse(at), entered: true, cause: 'data', size: 2, one: undefined },
	...move
});
const ada = { cno: 0, uid: 'ada', values: { first_name: 'Ada', last_name: 'Lovelace' } } as never;

it('entries stand under the days of the workspace’s zone', () => {
	const entries = [
		entry('2026-06-15T00:30:00Z'),
		entry('2026-06-14T22:30:00Z'),
		entry('2026-06-14T21:30:00Z')
	];
	const days = entriesByDay(entries, 'Europe/Zurich');
	expect(days.map(({ day, entries }) => [day, entries.length])).toEqual([
		['2026-06-15', 2],
		['2026-06-14', 1]
	]);
});

it('one person is named, more are counted', () => {
	const count = (n: number) => `#${n}`;
	expect(sayMove(entry('2026-06-15', { size: 614, one: ada }), count)).toBe('#614 entered');
	expect(sayMove(entry('2026-06-15', { size: 1, one: ada, entered: false }), count)).toBe(
		'Ada Lovelace left'
	);
	// Archived or gone by now.
	expect(sayMove(entry('2026-06-15', { size: 1 }), count)).toBe('#1 entered');
});

it('instants with a name are of the workspace’s calendar', () => {
	const now = Date.parse('2026-06-15T10:00:00Z');
	const named = namedInstants({ now, zone: 'Europe/Zurich', weekStart: 1 });
	const at = (label: string) => new Date(named.find((one) => one.label === label)!.at).toJSON();
	expect(at('Yesterday')).toBe('2026-06-14T10:00:00.000Z');
	expect(at('Start of this month')).toBe('2026-05-31T22:00:00.000Z');
	expect(at('In 24 h')).toBe('2026-06-16T10:00:00.000Z');
	expect(at('In 7 days')).toBe('2026-06-22T10:00:00.000Z');
});

it('a day without a time is asked about as it began', () => {
	expect(instantAsked('2026-06-15', 'Europe/Zurich')).toBe(Date.parse('2026-06-14T22:00:00Z'));
	expect(instantAsked('2026-06-15T10:00:00.000Z', 'Europe/Zurich')).toBe(
		Date.parse('2026-06-15T10:00:00Z')
	);
	expect(instantAsked('soon', 'Europe/Zurich')).toBeUndefined();
	expect(instantAsked(undefined, 'Europe/Zurich')).toBeUndefined();
});
