import * as Y from 'yjs';
import { err, ok, type Result } from '$lib/result';
import { saveQueue, type SaveState } from './save-queue';
import {
	answer,
	failureOf,
	inTransaction,
	openDatabase,
	type StoreFailure
} from './storage-database';
import { applyRows, readRows, setAside, type Row, type UnreadableRow } from './storage-rows';

export interface DocumentStore {
	readonly state: SaveState;
	/** Stored changes that do not read any more. They were set aside in the database, not deleted. */
	readonly setAside: number;
	/** Calls `listen` whenever the state has changed, until the function it gives back is called. */
	subscribe(listen: () => void): () => void;
	/** Tries at once to save what is not. Resolves when it is saved or has failed again. */
	retry(): Promise<void>;
	/** Makes one row of many, if all is saved and all was read. The store does it by itself when idle. */
	trim(): Promise<void>;
	/** Saves what is not, as far as that works, and lets go of the database. */
	close(): Promise<void>;
}

export interface StoreOptions {
	readonly indexedDB?: IDBFactory | undefined;
	/** Milliseconds until an open that does not answer counts as failed. */
	readonly openTimeout?: number | undefined;
}

const trimAt = 64;
const trimDelay = 2_000;

/**
 * Loads a document from IndexedDB and keeps it there. The database is one that y-indexeddb can open, and opens those
 * it wrote (stores `updates` and `custom`, one update a row); its code is not used, because in 9.0.12 one unreadable
 * row or a failed open leaves `whenSynced` pending for ever, a full disk throws into the caller's edit, nobody is
 * told when an edit is stored, writes are not strictly durable and every start adds a row.
 *
 * Several tabs may have one document open. Each appends what it sees; rows commute.
 */
export async function openDocumentStore(
	name: string,
	doc: Y.Doc,
	{ indexedDB = globalThis.indexedDB, openTimeout = 5_000 }: StoreOptions = {}
): Promise<Result<DocumentStore, StoreFailure>> {
	const origin = Symbol(name);
	let connection: Promise<IDBDatabase> | undefined;
	let closed = false;
	let trimTimer: ReturnType<typeof setTimeout> | undefined;

	const connect = () => (connection ??= openDatabase(name, indexedDB, openTimeout, lost));
	function lost(why: 'closed' | 'wanted') {
		connection = undefined;
		if (!closed) queue.lost(why);
	}

	const append = async (updates: readonly Uint8Array[]) => {
		try {
			await inTransaction(await connect(), ['updates'], (transaction) => {
				for (const update of updates) transaction.objectStore('updates').add(update);
			});
		} catch (error) {
			// The next attempt opens it anew, whatever became of this one.
			if (failureOf(error).type !== 'full') disconnect();
			throw error;
		}
		rowCount += updates.length;
		if (rowCount >= trimAt) trimWhenIdle();
	};
	const queue = saveQueue(append, () => Y.encodeStateAsUpdate(doc));

	let rows: readonly Row[];
	try {
		rows = await readRows(await connect());
	} catch (error) {
		disconnect();
		return err(failureOf(error));
	}
	const unreadable = applyRows(doc, rows, origin);
	let readThrough = rows.at(-1)?.key ?? 0;
	let rowCount = rows.length;
	await moveAway(unreadable);

	const onupdate = (update: Uint8Array, by: unknown) => {
		if (by !== origin) queue.add(update);
	};
	doc.on('update', onupdate);
	if (rowCount >= trimAt) trimWhenIdle();

	function trimWhenIdle() {
		clearTimeout(trimTimer);
		if (!closed) trimTimer = setTimeout(() => whenIdle(() => void trim()), trimDelay);
	}

	async function trim() {
		// What waits for rows that are not there is kept as rows: merged, it may come out damaged (y-crdt#632).
		const partial = unreadable.length > 0 || doc.store.pendingStructs !== null;
		if (closed || partial || queue.state.status !== 'saved') return;
		try {
			await inTransaction(await connect(), ['updates'], async (transaction) => {
				const updates = transaction.objectStore('updates');
				// One transaction that writes runs at a time, so no other tab adds a row that is deleted unread.
				const missed = await readRows(transaction, readThrough);
				if (applyRows(doc, missed, origin).length > 0) return;
				updates.delete(IDBKeyRange.upperBound(missed.at(-1)?.key ?? readThrough));
				readThrough = Number(await answer(updates.add(Y.encodeStateAsUpdate(doc))));
				rowCount = 1;
			});
		} catch (error) {
			// All rows are still there: trimming is not saving, and comes round again.
			console.warn('Could not trim the stored document.', failureOf(error).message);
		}
	}

	async function moveAway(rows: readonly UnreadableRow[]) {
		if (rows.length === 0) return;
		try {
			await setAside(await connect(), rows);
		} catch (error) {
			// They stay where they are, and are met again at the next start.
			console.warn('Could not set aside what does not read.', failureOf(error).message);
		}
	}

	function disconnect() {
		const open = connection;
		connection = undefined;
		void open?.then(
			(database) => database.close(),
			() => undefined // it never opened
		);
	}

	return ok({
		get state() {
			return queue.state;
		},
		setAside: unreadable.length,
		subscribe: queue.subscribe,
		retry: queue.flush,
		trim,
		async close() {
			doc.off('update', onupdate);
			await queue.stop();
			closed = true;
			clearTimeout(trimTimer);
			disconnect();
		}
	});
}

/** The whole document as a file to download, for when it cannot be saved. */
export const documentFile = (doc: Y.Doc): Blob =>
	new Blob([Y.encodeStateAsUpdate(doc) as Uint8Array<ArrayBuffer>], {
		type: 'application/octet-stream'
	});

/** Safari has no idle callback. */
const whenIdle = (work: () => void): unknown =>
	typeof requestIdleCallback === 'function' ? requestIdleCallback(work) : setTimeout(work);
