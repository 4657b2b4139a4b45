import type { LogEntry } from '$lib/membership/history/queries';
import { displayName } from '$lib/contacts/contact';
import { dayAt, type Day } from '$lib/time/zone';

export interface DayOfEntries {
	readonly day: Day;
	readonly entries: readonly LogEntry[];
}

/** Entries by the day they are of, in the order they come in. */
export function entriesByDay(entries: readonly LogEntry[], zone: string): DayOfEntries[] {
	const days = new Map<Day, LogEntry[]>();
	for (const entry of entries) {
		const day = dayAt(entry.at, zone);
		days.set(day, [...(days.get(day) ?? []), entry]);
	}
	return [...days].map(([day, entries]) => ({ day, entries }));
}

/** "614 entered", "Ada Lovelace left" */
export function sayMove({ entered, size, one }: LogEntry, count: (n: number) => string): string {
	const who = size === 1 && one ? displayName(one) : count(size);
	return `${who} ${entered ? 'entered' : 'left'}`;
}

/** Why, as the log says it. */
export const causeWords: Record<LogEntry['cause'], string> = {
	data: 'data changed',
	rule: 'rule changed',
	time: 'time passed',
	began: 'history began',
	recomputed: 'recomputed'
};
