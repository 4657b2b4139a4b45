import * as Y from 'yjs';
import { answer, inTransaction } from './storage-database';

/** A row of the store `updates`; `value` is missing where the browser itself could not read it. */
export interface Row {
	readonly key: number;
	readonly value?: unknown;
}

export interface UnreadableRow extends Row {
	readonly reason: string;
}

/** The rows with a key above `after`, oldest first. */
export async function readRows(from: IDBDatabase | IDBTransaction, after = 0): Promise<Row[]> {
	const inTransaction = 'objectStore' in from;
	const transaction = inTransaction ? from : from.transaction(['updates'], 'readonly');
	const store = transaction.objectStore('updates');
	const range = IDBKeyRange.lowerBound(after, true);
	// Asked for in the same breath: a transaction with nothing to do ends.
	const asked = [store.getAll(range), store.getAllKeys(range)] as const;
	const [values, keys] = await Promise.allSettled([answer(asked[0]), answer(asked[1])]);
	if (keys.status === 'rejected') throw keys.reason;
	if (values.status === 'fulfilled')
		return values.value.map((value: unknown, i) => ({ key: Number(keys.value[i]), value }));
	if (inTransaction) throw values.reason;
	// One value that the disk does not give back fails them all.
	return Promise.all(keys.value.map((key) => readRow(from, Number(key))));
}

async function readRow(database: IDBDatabase, key: number): Promise<Row> {
	try {
		const store = database.transaction(['updates'], 'readonly').objectStore('updates');
		return { key, value: (await answer(store.get(key))) as unknown };
	} catch (error) {
		if (error instanceof DOMException) return { key };
		throw error;
	}
}

/** Applies rows one by one; those that are no updates are left out and returned. */
export function applyRows(doc: Y.Doc, rows: readonly Row[], origin: unknown): UnreadableRow[] {
	const unreadable: UnreadableRow[] = [];
	doc.transact(() => {
		for (const row of rows) {
			const reason = apply(doc, row.value, origin);
			if (reason !== undefined) unreadable.push({ ...row, reason });
		}
	}, origin);
	return unreadable;
}

/** Moves rows that do not read out of the way, to where they can still be rescued from. */
export function setAside(database: IDBDatabase, rows: readonly UnreadableRow[]): Promise<void> {
	return inTransaction(database, ['updates', 'custom'], (transaction) => {
		for (const { key, value, reason } of rows) {
			// What could not even be read stays where it is: it may read the next time.
			if (value === undefined) continue;
			transaction.objectStore('custom').put({ reason, value }, `unreadable/${key}`);
			transaction.objectStore('updates').delete(key);
		}
	});
}

function apply(doc: Y.Doc, value: unknown, origin: unknown): string | undefined {
	if (!(value instanceof Uint8Array)) return 'no bytes';
	try {
		// Decoded first as a whole, so that of a row that is cut off nothing is applied.
		Y.decodeUpdate(value);
		Y.applyUpdate(doc, value, origin);
	} catch (error) {
		return String(error);
	}
}
