import { answer, inTransaction } from '$lib/workspace/storage-database';

/** A value that this device keeps in an IndexedDB database of its own: what localStorage cannot hold, such as a key. */
export interface KeptValue<T> {
	/** `undefined` where nothing is kept. */
	get(): Promise<T | undefined>;
	/** On disk when it resolves; `undefined` takes it away. */
	set(value: T | undefined): Promise<void>;
}

export function keptValue<T>(database: string, store: string): KeptValue<T> {
	return {
		get: () =>
			withDatabase(database, store, (opened) =>
				answer<T | undefined>(opened.transaction(store).objectStore(store).get(key))
			),
		set: (value) =>
			withDatabase(database, store, (opened) =>
				inTransaction(opened, [store], (transaction) => {
					const values = transaction.objectStore(store);
					if (value === undefined) values.delete(key);
					else values.put(value, key);
				})
			)
	};
}

const key = 'current';

async function withDatabase<T>(
	name: string,
	store: string,
	work: (database: IDBDatabase) => Promise<T>
): Promise<T> {
	const request = indexedDB.open(name, 1);
	request.onupgradeneeded = () => request.result.createObjectStore(store);
	const database = await answer(request);
	try {
		return await work(database);
	} finally {
		database.close();
	}
}
