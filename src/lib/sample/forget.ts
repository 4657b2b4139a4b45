import { backupDatabase } from '$lib/backup/kept';
import { names, stores } from '$lib/engine/protocol';
import { exportsFolder } from '$lib/exports/save';
import { removeEntry } from '$lib/once-free';
import { teamDatabase } from '$lib/sync/kept';
import { documentDatabase } from '$lib/workspace/current';
import { auditPrefix } from '$lib/workspace/storage-audit';

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
	const known = await indexedDB.databases();
	const logs = known.flatMap(({ name }) =>
		name?.startsWith(auditPrefix(namespace)) ? [name] : []
	);
	const databases = [
		documentDatabase(namespace),
		`/pglite/${namespace}`,
		backupDatabase(namespace),
		teamDatabase(namespace),
		...logs
	];
	for (const name of [...marksOf(namespace), ...databases]) await deleteDatabase(name);
}

async function deleteFiles(namespace: string): Promise<void> {
	const root = await navigator.storage.getDirectory().catch(() => undefined); // none in a private window
	const folders = [namespace, names(namespace).mirrors, exportsFolder(namespace)];
	for (const name of [...marksOf(namespace), ...folders]) if (root) await removeEntry(root, name);
}

/** Of one that is not there, it deletes nothing. One that a closing tab still holds is deleted when that lets go. */
function deleteDatabase(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error ?? new Error(`${name} was not deleted.`));
	});
}
