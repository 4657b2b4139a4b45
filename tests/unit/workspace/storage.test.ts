import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { documentFile, openDocumentStore, type DocumentStore } from '$lib/workspace/storage';
import { answer } from '$lib/workspace/storage-database';

let name: string;
let count = 0;
const opened: DocumentStore[] = [];

beforeEach(() => {
	count += 1;
	name = `workspace ${count}`;
});

afterEach(async () => {
	vi.restoreAllMocks();
	for (const store of opened.splice(0)) await store.close();
});

async function open(doc = new Y.Doc()) {
	const store = await openDocumentStore(name, doc);
	if (!store.ok) throw new Error(store.error.message);
	opened.push(store.value);
	return { doc, store: store.value };
}

/** Opens the database from outside, as a row editor would. */
async function raw<T>(work: (transaction: IDBTransaction) => Promise<T> | T): Promise<T> {
	const database = await answer(indexedDB.open(name));
	const transaction = database.transaction(['updates', 'custom'], 'readwrite');
	const completed = new Promise((resolve) => (transaction.oncomplete = resolve));
	const result = await work(transaction);
	await completed;
	database.close();
	return result;
}

const rowsOf = () => raw((transaction) => answer(transaction.objectStore('updates').getAll()));

const until = (store: DocumentStore, holds: () => boolean): Promise<void> =>
	new Promise((resolve) => {
		if (holds()) return resolve();
		const stop = store.subscribe(() => {
			if (!holds()) return;
			stop();
			resolve();
		});
	});

const saved = (store: DocumentStore) => until(store, () => store.state.status === 'saved');
const failed = (store: DocumentStore) => until(store, () => store.state.status === 'failed');

/** The disk is full from now on: adding a row fails, as it does in a browser. */
const fillDisk = () =>
	vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
		throw new DOMException('No space left', 'QuotaExceededError');
	});

describe('a stored document', () => {
	it('is there again after a reload, one row an edit', async () => {
		const { doc, store } = await open();
		for (const key of ['a', 'b', 'c']) {
			doc.getMap('fields').set(key, key);
			expect(store.state.status).toBe('saving');
			await saved(store);
		}
		await store.close();
		expect(await rowsOf()).toHaveLength(3);
		expect((await open()).doc.getMap('fields').toJSON()).toEqual({ a: 'a', b: 'b', c: 'c' });
		expect(await rowsOf()).toHaveLength(3);
	});

	it('opens what y-indexeddb wrote, which opens what we wrote', async () => {
		const theirs = new Y.Doc();
		const persistence = new IndexeddbPersistence(name, theirs);
		await persistence.whenSynced;
		theirs.getMap('fields').set('theirs', 1);
		await persistence.destroy();

		const { doc, store } = await open();
		expect(doc.getMap('fields').toJSON()).toEqual({ theirs: 1 });
		doc.getMap('fields').set('ours', 2);
		await store.close();

		const again = new Y.Doc();
		const third = new IndexeddbPersistence(name, again);
		await third.whenSynced;
		expect(again.getMap('fields').toJSON()).toEqual({ theirs: 1, ours: 2 });
		await third.destroy();
	});

	it('opens with rows that are damaged, and sets them aside for good', async () => {
		const { doc, store } = await open();
		for (const key of ['a', 'b']) {
			doc.getMap('fields').set(key, key);
			await saved(store);
		}
		await store.close();
		const damaged = [new Uint8Array([1, 1, 255, 255, 255]), 'not bytes', new Uint8Array()];
		await raw(async (transaction) => {
			for (const row of damaged) await answer(transaction.objectStore('updates').add(row));
		});

		const second = await open();
		expect(second.doc.getMap('fields').toJSON()).toEqual({ a: 'a', b: 'b' });
		expect(second.store.setAside).toBe(3);
		second.doc.getMap('fields').set('c', 'c');
		await second.store.close();
		const aside = await raw((transaction) => answer(transaction.objectStore('custom').getAll()));
		expect(aside.map(({ value }: { value: unknown }) => value)).toEqual(damaged);

		const third = await open();
		expect(third.store.setAside).toBe(0);
		expect(third.doc.getMap('fields').toJSON()).toEqual({ a: 'a', b: 'b', c: 'c' });
	});

	it('applies of a row that is cut off nothing, wherever the cut is', async () => {
		const source = new Y.Doc();
		source.getMap('fields').set('a', 'long enough to be cut');
		const row = Y.encodeStateAsUpdate(source);
		await (await open()).store.close();
		for (let length = 1; length < row.length; length += 1) {
			await raw((transaction) =>
				answer(transaction.objectStore('updates').add(row.slice(0, length)))
			);
			const { doc, store } = await open();
			expect(store.setAside).toBe(1);
			// What is in memory only would be missing under all edits that build on it.
			expect(doc.getMap('fields').size).toBe(0);
			await store.close();
		}
	});

	it('becomes one row when trimmed, with what another tab added meanwhile', async () => {
		const here = await open();
		const there = await open();
		for (let i = 0; i < 10; i += 1) here.doc.getMap('fields').set(`here ${i}`, i);
		for (let i = 0; i < 10; i += 1) there.doc.getMap('fields').set(`there ${i}`, i);
		await saved(here.store);
		await saved(there.store);
		await here.store.trim();
		expect(await rowsOf()).toHaveLength(1);
		expect(Object.keys(here.doc.getMap('fields').toJSON())).toHaveLength(20);
		there.doc.getMap('fields').set('later', true);
		await saved(there.store);
		await there.store.trim();
		expect(await rowsOf()).toHaveLength(1);
		expect(Object.keys((await open()).doc.getMap('fields').toJSON())).toHaveLength(21);
	});

	it('is not trimmed while rows are missing that others build on', async () => {
		const source = new Y.Doc();
		const updates: Uint8Array[] = [];
		source.on('update', (update) => updates.push(update));
		source.getMap('fields').set('a', 1);
		source.getMap('fields').set('a', 2);
		await (await open()).store.close();
		await raw((transaction) => answer(transaction.objectStore('updates').add(updates[1])));
		const { store } = await open();
		await store.trim();
		expect(await rowsOf()).toEqual([updates[1]]);
	});

	it('is written strictly', async () => {
		const { doc, store } = await open();
		const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
		doc.getMap('fields').set('a', 1);
		await saved(store);
		expect(transaction.mock.calls).toEqual([[['updates'], 'readwrite', { durability: 'strict' }]]);
	});
});

describe('when saving fails', () => {
	it('the edit stays, “not saved” counts what waits, and it is saved when there is room again', async () => {
		const { doc, store } = await open();
		const disk = fillDisk();
		doc.getMap('fields').set('a', 1);
		await failed(store);
		expect(store.state).toMatchObject({ failure: { type: 'full' }, waiting: 1 });
		doc.getMap('fields').set('b', 2);
		await store.retry();
		expect(store.state).toMatchObject({ status: 'failed', waiting: 2 });
		expect(doc.getMap('fields').toJSON()).toEqual({ a: 1, b: 2 });

		disk.mockRestore();
		await store.retry();
		expect(store.state).toEqual({ status: 'saved' });
		expect(await rowsOf()).toHaveLength(2);
	});

	it('tries again by itself, waiting longer each time', async () => {
		const { doc, store } = await open();
		const disk = fillDisk();
		const timer = vi.spyOn(globalThis, 'setTimeout');
		const delays = () =>
			timer.mock.calls.flatMap(([, delay]) => (delay && delay >= 1000 ? delay : []));
		doc.getMap('fields').set('a', 1);
		await failed(store);
		await store.retry();
		await store.retry();
		expect(delays()).toEqual([1000, 2000, 4000]);
		disk.mockRestore();
		await store.retry();
		fillDisk();
		doc.getMap('fields').set('b', 1);
		await failed(store);
		expect(delays()).toEqual([1000, 2000, 4000, 1000]);
	});

	it('opens a database anew that was deleted under it, with all of the document', async () => {
		const { doc, store } = await open();
		doc.getMap('fields').set('a', 1);
		await saved(store);
		await answer(indexedDB.deleteDatabase(name));
		expect(store.state).toMatchObject({ status: 'failed', failure: { type: 'lost' }, waiting: 0 });
		doc.getMap('fields').set('b', 2);
		await saved(store);
		expect((await open()).doc.getMap('fields').toJSON()).toEqual({ a: 1, b: 2 });
	});

	it('gives up a last time when closed, without an error', async () => {
		const { doc, store } = await open();
		fillDisk();
		doc.getMap('fields').set('a', 1);
		await store.close();
		expect(store.state).toMatchObject({ status: 'failed', waiting: 1 });
	});

	it('offers the whole document as a file', async () => {
		const { doc } = await open();
		fillDisk();
		doc.getMap('fields').set('a', 1);
		const copy = new Y.Doc();
		Y.applyUpdate(copy, new Uint8Array(await documentFile(doc).arrayBuffer()));
		expect(copy.getMap('fields').toJSON()).toEqual({ a: 1 });
	});
});

describe('when the database does not open', () => {
	const openWith = (factory: Partial<IDBFactory>) =>
		openDocumentStore(name, new Y.Doc(), {
			indexedDB: factory as IDBFactory,
			openTimeout: 10
		});

	it('says that a private window has none', async () => {
		const refused = await openWith({
			open() {
				throw new DOMException('Not here', 'SecurityError');
			}
		});
		expect(refused).toEqual({
			ok: false,
			error: { type: 'unavailable', message: 'SecurityError: Not here' }
		});
	});

	it('says that it does not answer, and closes what opens too late', async () => {
		const request = { result: { close: vi.fn() } } as unknown as IDBOpenDBRequest;
		expect(await openWith({ open: () => request })).toMatchObject({
			ok: false,
			error: { type: 'timeout' }
		});
		request.onsuccess?.(new Event('success'));
		expect(request.result.close).toHaveBeenCalledOnce();
	});

	it('says what the browser said', async () => {
		const request = {
			error: new DOMException('Backing store', 'UnknownError')
		} as unknown as IDBOpenDBRequest;
		const opening = openWith({ open: () => request });
		await Promise.resolve();
		request.onerror?.(new Event('error'));
		expect(await opening).toEqual({
			ok: false,
			error: { type: 'other', message: 'UnknownError: Backing store' }
		});
	});
});
