import { names } from '$lib/engine/protocol';
import { isSafari } from './safari';

/** What the browser gives this page, in bytes; `undefined` where it does not say. */
export interface Room {
	readonly usage: number;
	readonly quota: number;
	/** It does not clear the data away by itself. */
	readonly persisted: boolean;
}

export async function roomHere(): Promise<Room> {
	const { storage } = navigator;
	const [{ usage = 0, quota = 0 }, persisted] = await Promise.all([
		storage.estimate(),
		storage.persisted()
	]);
	return { usage, quota, persisted };
}

/** Bytes of the columns that are saved as files; `undefined` where they cannot be seen. */
export async function mirrorBytes(namespace: string): Promise<number | undefined> {
	try {
		const root = await navigator.storage.getDirectory();
		return await bytesIn(await root.getDirectoryHandle(names(namespace).mirrors));
	} catch {
		return undefined; // none yet, no such storage, or the worker is writing just now
	}
}

async function bytesIn(folder: FileSystemDirectoryHandle): Promise<number> {
	let bytes = 0;
	for await (const entry of folder.values())
		bytes +=
			entry.kind === 'file'
				? (await (entry as FileSystemFileHandle).getFile()).size
				: await bytesIn(entry as FileSystemDirectoryHandle);
	return bytes;
}

/** Whether this is Safari and Winnow is not installed: then it deletes what is not visited for seven days. */
export const isForgetful = (): boolean =>
	isSafari(navigator.userAgent) && !matchMedia('(display-mode: standalone)').matches;
