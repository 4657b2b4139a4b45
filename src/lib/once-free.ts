import { pause } from '$lib/pause';

/** How long the files of a worker that has gone may stay locked, in milliseconds. */
const mostWait = 5_000;

/**
 * Does something to a file, again and again for a while where another still holds it. The browser frees a worker's files
 * and its lock one by one: files may be held for a moment after the lock.
 */
export async function onceFree<T>(work: () => Promise<T>): Promise<T> {
	for (const begin = performance.now(); ;) {
		try {
			return await work();
		} catch (error) {
			const isHeld = error instanceof DOMException && error.name === 'NoModificationAllowedError';
			if (!isHeld || performance.now() - begin > mostWait) throw error;
			await pause(50);
		}
	}
}

/** Removes a file, or a folder with all that is in it. Where there is none, it does nothing. */
export async function removeEntry(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
	try {
		await onceFree(() => folder.removeEntry(name, { recursive: true }));
	} catch (error) {
		if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
	}
}
