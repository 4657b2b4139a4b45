import { removeEntry } from '$lib/once-free';
import { stores, type Store } from './protocol';

/*
 * A crash in the middle of the first load leaves a directory that PGlite would resume. So our own mark, an empty file
 * or an empty database beside it, says that the load was finished. Without it the remains are wiped and loaded anew.
 */

export async function isComplete(store: Store, name: string): Promise<boolean> {
	if (store === 'idb')
		return (await indexedDB.databases()).some((database) => database.name === mark(store, name));
	const root = await navigator.storage.getDirectory();
	return root.getFileHandle(mark(store, name)).then(
		() => true,
		(error: unknown) => {
			if (isMissing(error)) return false;
			throw error;
		}
	);
}

export async function markComplete(store: Store, name: string): Promise<void> {
	if (store === 'idb') {
		const database = await settled(indexedDB.open(mark(store, name)));
		database.close();
		return;
	}
	const root = await navigator.storage.getDirectory();
	await root.getFileHandle(mark(store, name), { create: true });
}

/**
 * Removes what an unfinished load has left on this store. The mark goes first, if there is one: a worker that was given
 * up may have finished after all. Stores of one folder share their files, so theirs go too.
 */
export async function wipe(store: Store, name: string): Promise<void> {
	if (store === 'idb') {
		await settled(indexedDB.deleteDatabase(mark(store, name)));
		await settled(indexedDB.deleteDatabase(`/pglite/${name}`));
		return;
	}
	const root = await navigator.storage.getDirectory();
	for (const marked of stores) await removeEntry(root, mark(marked, name));
	await removeEntry(root, name);
}

const mark = (store: Store, name: string) => `${store}-${name}.complete`;

const isMissing = (error: unknown) =>
	error instanceof DOMException && error.name === 'NotFoundError';

function settled<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}
