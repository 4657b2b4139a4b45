import { keptValue } from '$lib/kept-value';
import type { Locked } from '$lib/portable/encrypted/passphrase';
import { BackupRecord } from './record';
import type { Written } from './rotation';

/** A folder that backups are written into. */
export interface KeptFolder {
	readonly folder: FileSystemDirectoryHandle;
	/** Else whoever sees the folder can read them. Its key cannot be read by any script. */
	readonly locked: Locked | undefined;
	/** When the last one was begun, in epoch milliseconds. */
	readonly last: number | undefined;
	/** How many contacts were in the last one. */
	readonly contacts: number;
	/**
	 * In the name of each file, so that no other workspace or device, which may write into the same folder and be called
	 * the same, writes one of that name; without one until the first is written.
	 */
	readonly mark?: string | undefined;
	/** Those that were written under the mark and are not cleared away yet, in their order. Others are never touched. */
	readonly written: readonly Written[];
}

const recordKey = (namespace: string): string => `${namespace}:backup`;

/** localStorage: deleted with all else of its namespace. */
export function keptRecord(namespace: string): BackupRecord {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(recordKey(namespace)) ?? '{}');
		return BackupRecord.safeParse(kept).data ?? {};
	} catch {
		return {}; // storage is refused, or somebody else wrote there
	}
}

export function keepRecord(namespace: string, record: BackupRecord): void {
	try {
		localStorage.setItem(recordKey(namespace), JSON.stringify(record));
	} catch {
		// Storage is refused or full: a reminder comes once too often.
	}
}

/** IndexedDB: its database is the workspace's own. */
export const backupDatabase = (namespace: string): string => `winnow-backup:${namespace}`;

const folderOf = (namespace: string) => keptValue<KeptFolder>(backupDatabase(namespace), 'folder');

export const keptFolder = (namespace: string): Promise<KeptFolder | undefined> =>
	folderOf(namespace).get();

/** Kept when it resolves; without a folder none is written any more. */
export const keepFolder = (namespace: string, kept: KeptFolder | undefined): Promise<void> =>
	folderOf(namespace).set(kept);
