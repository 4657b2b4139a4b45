import { expect, test } from 'vitest';
import {
	daysAgo,
	isBackupDue,
	isReminderDue,
	isToBeNoted,
	type BackupRecord
} from '$lib/backup/record';

const day = 24 * 3_600_000;
const now = 100 * day;
const saved = (days: number) => ({ saved: { at: now - days * day, name: 'a' } });

test('a person is reminded after a week without a backup, if there is somebody to lose', () => {
	expect(isReminderDue(saved(8), 1, now)).toBe(true);
	expect(isReminderDue(saved(6), 1, now)).toBe(false);
	expect(isReminderDue(saved(8), 0, now)).toBe(false);
	expect(isReminderDue({ since: now - 8 * day }, 1, now)).toBe(true);
	expect(isReminderDue({ since: now - 6 * day }, 1, now)).toBe(false);
	expect(isReminderDue({}, 1, now)).toBe(false);
});

test('whoever does not want to be reminded is left alone for the time being', () => {
	expect(isReminderDue({ ...saved(20), quietUntil: now + 1 }, 1, now)).toBe(false);
	expect(isReminderDue({ ...saved(20), quietUntil: now }, 1, now)).toBe(true);
});

test('a backup is due after a change, an hour after the last at the earliest', () => {
	const hour = 3_600_000;
	expect(isBackupDue({}, undefined, now)).toBe(true);
	expect(isBackupDue({}, now - day, now)).toBe(false);
	expect(isBackupDue({ changed: now - day - 1 }, now - day, now)).toBe(false);
	expect(isBackupDue({ changed: now - 1 }, now - hour, now)).toBe(true);
	expect(isBackupDue({ changed: now - 1 }, now - hour + 1, now)).toBe(false);
});

test('a change is noted to the minute, and always if a backup was begun since the one that is noted', () => {
	const minute = 60_000;
	let record: BackupRecord = {};
	const changeAt = (at: number, begun: number) => {
		if (isToBeNoted(record, begun, at)) record = { changed: at };
	};
	changeAt(now, 0);
	changeAt(now + minute - 1, 0);
	expect(record.changed).toBe(now);
	// A backup is begun 40 seconds later, and while it is being written something changes.
	const begun = now + 40_000;
	changeAt(now + 45_000, begun);
	expect(isBackupDue(record, begun, begun + 60 * minute)).toBe(true);
	changeAt(now + 46_000, begun);
	expect(record.changed).toBe(now + 45_000);
	changeAt(now + 45_000 + minute, begun);
	expect(record.changed).toBe(now + 45_000 + minute);
});

test('how long ago it was is said in days', () => {
	expect([0, 1, 3].map((days) => daysAgo(now - days * day - 1, now))).toEqual([
		...['less than a day ago', 'a day ago', '3 days ago']
	]);
});
