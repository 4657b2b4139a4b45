import { names, stores } from '$lib/engine/protocol';
import { exportsFolder } from '$lib/exports/save';
import { pause } from '$lib/pause';

/**
 * Deletes all that a workspace keeps in this browser, as soon as no tab has it open any more: its contacts, its
 * definitions, its files and its choices. The marks go first: what a crash leaves then reads as never finished.
 */
export function forgetStored(namespace: string, signal?: AbortSignal): Promise<void> {
	// A worker that is going still holds its files; its lock tells when they are free.
	return navigator.locks.request(names(namespace).files, signal ? { signal } : {}, async () => {
		await deleteDatabases(namespace);
		await deleteFiles(namespace);
		for (const key of Object.keys(localStorage))
			if (key.startsWith(`${namespace}:`)) localStorage.removeItem(key);
	});
}

const marksOf = (namespace: string) => stores.map((store) => `${store}-${namespace}.complete`);

async function deleteDatabases(namespace: string): Promise<void> {
	const databases = [`winnow-workspace:${namespace}`, `/pglite/${namespace}`];
	for (const name of [...marksOf(namespace), ...databases]) await deleteDatabase(name);
}

async function deleteFiles(namespace: string): Promise<void> {
	const root = await navigator.storage.getDirectory().catch(() => undefined); // none in a private window
	const folders = [namespace, names(namespace).mirrors, exportsFolder(namespace)];
	for (const name of [...marksOf(namespace), ...folders]) if (root) await deleteEntry(root, name);
}

/** How long the files of a worker that has gone may stay locked, in milliseconds. */
const mostWait = 5000;

/** The browser frees a worker's files and its lock one by one: files may still be held for a moment after the lock. */
async function deleteEntry(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
	for (const begin = performance.now(); ;) {
		try {
			return await folder.removeEntry(name, { recursive: true });
		} catch (error) {
			const reason = error instanceof DOMException ? error.name : '';
			if (reason === 'NotFoundError') return;
			const isHeld = reason === 'NoModificationAllowedError';
			if (!isHeld || performance.now() - begin > mostWait) throw error;
			await pause(50);
		}
	}
}

/** Of one that is not there, it deletes nothing. One that a closing tab still holds is deleted when that lets go. */
function deleteDatabase(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error ?? new Error(`${name} was not deleted.`));
	});
}
