/** Why the document cannot be read or written here. `message` is the browser's own, for the details. */
export interface StoreFailure {
	readonly type:
		/** No IndexedDB, or none for us: a private window, a setting. */
		| 'unavailable'
		/** The open did not answer in time, or another tab is in its way. */
		| 'timeout'
		/** The disk, or what the browser gives of it, is full. */
		| 'full'
		/** The browser closed the database. It is opened again with the next attempt. */
		| 'lost'
		| 'other';
	readonly message: string;
}

/**
 * Opens (and makes, if need be) a database in the format of y-indexeddb. Rejects with a `DOMException`, also when
 * there is no answer within `timeout` milliseconds. `onlost` is called when the browser closes it under us, and when
 * it is wanted by somebody who deletes or upgrades it.
 */
export function openDatabase(
	name: string,
	indexedDB: IDBFactory | undefined,
	timeout: number,
	onlost: (why: 'closed' | 'wanted') => void
): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		if (!indexedDB) throw new DOMException('There is no IndexedDB', 'NotSupportedError');
		// A private window may throw here: then the promise rejects.
		const request = indexedDB.open(name);
		let late = false;
		const timer = setTimeout(() => {
			late = true;
			reject(new DOMException('IndexedDB does not answer', 'TimeoutError'));
		}, timeout);

		request.onupgradeneeded = () => {
			request.result.createObjectStore('updates', { autoIncrement: true });
			request.result.createObjectStore('custom');
		};
		request.onerror = () => {
			clearTimeout(timer);
			reject(request.error ?? new DOMException('IndexedDB did not open', 'UnknownError'));
		};
		request.onsuccess = () => {
			clearTimeout(timer);
			const database = request.result;
			if (late) return database.close();
			database.onclose = () => onlost('closed');
			// In the way of another tab that deletes or upgrades it, both would hang.
			database.onversionchange = () => {
				database.close();
				onlost('wanted');
			};
			resolve(database);
		};
	});
}

/** Chrome answers before the disk has it unless told not to. */
const strict: IDBTransactionOptions = { durability: 'strict' };

/** Writes in one transaction. Resolves when it is on disk; `work` may await only what the transaction answers. */
export async function inTransaction(
	database: IDBDatabase,
	stores: readonly string[],
	work: (transaction: IDBTransaction) => void | Promise<void>
): Promise<void> {
	const transaction = database.transaction(stores, 'readwrite', strict);
	const completed = new Promise<void>((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () =>
			reject(transaction.error ?? new DOMException('The transaction was given up', 'AbortError'));
	});
	const working = async () => {
		await work(transaction);
		// Not left to the browser, which commits once this page has answered for all: it may be gone by then.
		transaction.commit();
	};
	await Promise.all([completed, working()]);
}

export const answer = <T>(request: IDBRequest<T>): Promise<T> =>
	new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});

/** What an error of IndexedDB means. What is not one of its errors is ours, and is thrown on. */
export function failureOf(error: unknown): StoreFailure {
	if (!(error instanceof DOMException)) throw error;
	return { type: typeOf(error.name), message: `${error.name}: ${error.message}` };
}

function typeOf(name: string): StoreFailure['type'] {
	switch (name) {
		case 'NotSupportedError':
		case 'SecurityError':
			return 'unavailable';
		case 'TimeoutError':
			return 'timeout';
		case 'QuotaExceededError':
			return 'full';
		case 'InvalidStateError':
		case 'AbortError':
			return 'lost';
		default:
			return 'other';
	}
}
