import * as z from 'zod/mini';

/** What this device knows of the backups of a workspace. Instants are epoch milliseconds. */
export const BackupRecord = z.object({
	/** The newest backup, wherever it was written. */
	saved: z.optional(z.object({ at: z.number(), name: z.string() })),
	/** The last change of contacts or definitions. */
	changed: z.optional(z.number()),
	/** Since when there is somebody who could be lost. */
	since: z.optional(z.number()),
	/** Until when nobody wants to be reminded. */
	quietUntil: z.optional(z.number())
});
export type BackupRecord = z.infer<typeof BackupRecord>;

const day = 24 * 3_600_000;
/** After so long without a backup a person is reminded, and a dismissed reminder rests as long. */
export const reminderAfter = 7 * day;
/** At most so often a backup is written by itself. */
export const backupEvery = 3_600_000;

/** Whether to remind of a backup: there is somebody to lose, and none was made for a week. */
export function isReminderDue(record: BackupRecord, contacts: number, now: number): boolean {
	const from = record.saved?.at ?? record.since ?? now;
	const isQuiet = record.quietUntil !== undefined && now < record.quietUntil;
	return contacts > 0 && !isQuiet && now - from > reminderAfter;
}

/** How often changes are noted at most, in milliseconds: typing must not write with every key. */
const noteEvery = 60_000;

/** Whether a change now is to be noted: long enough after the one that is, or the first since the last backup was begun. */
export const isToBeNoted = ({ changed = 0 }: BackupRecord, begun: number, now: number): boolean =>
	now - changed >= noteEvery || changed <= begun;

/** Whether something has changed since `last`, and that was long enough ago. */
export function isBackupDue(
	{ changed }: BackupRecord,
	last: number | undefined,
	now: number
): boolean {
	if (last === undefined) return true;
	return changed !== undefined && changed > last && now - last >= backupEvery;
}

/** "3 days ago" */
export function daysAgo(at: number, now: number): string {
	const days = Math.floor((now - at) / day);
	if (days < 1) return 'less than a day ago';
	return days === 1 ? 'a day ago' : `${days} days ago`;
}
