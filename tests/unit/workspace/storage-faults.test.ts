import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { appStatus } from '$lib/app-status';
import { documentFile, openDocumentStore, type DocumentStore } from '$lib/workspace/storage';
import { answer } from '$lib/workspace/storage-database';
import { faults, FaultyStorage, type Fault } from '../../fixtures/workspace/storage-faults';

let name: string;
let count = 0;
beforeEach(async () => {
	name = `faulty ${count++}`;
	vi.spyOn(console, 'warn').mockImplementation(() => {});
	await fillBefore();
});
afterEach(() => vi.restoreAllMocks());

const fields = (doc: Y.Doc) => doc.getMap('fields').toJSON();

/** What earlier sessions left: three rows, and one that is damaged. */
async function fillBefore(): Promise<void> {
	const doc = new Y.Doc();
	const store = await openDocumentStore(name, doc);
	if (!store.ok) throw new Error(store.error.message);
	for (const key of ['old 1', 'old 2', 'old 3']) {
		doc.getMap('fields').set(key, true);
		await settled(store.value);
	}
	await store.value.close();
	const database = await answer(indexedDB.open(name));
	const rows = database.transaction(['updates'], 'readwrite').objectStore('updates');
	await answer(rows.add(new Uint8Array([1, 1, 255, 255, 255])));
	database.close();
}
const old = { 'old 1': true, 'old 2': true, 'old 3': true };
const everything = { ...old, a: 1, b: 2, c: 3 };

/** Nothing is under way any more: it is saved, or it was said that it is not. */
const settled = (store: DocumentStore): Promise<void> =>
	new Promise((resolve) => {
		if (store.state.status !== 'saving') return resolve();
		const stop = store.subscribe(() => {
			if (store.state.status === 'saving') return;
			stop();
			resolve();
		});
	});

/** What the next start would find. */
async function stored() {
	const doc = new Y.Doc();
	const store = await openDocumentStore(name, doc);
	if (!store.ok) throw new Error(store.error.message);
	await store.value.close();
	return fields(doc);
}

/** One session of a person: the workspace is opened, edited, tidied up and edited again. */
async function session(storage: FaultyStorage) {
	const doc = new Y.Doc();
	const opened = await openDocumentStore(name, doc);
	if (!opened.ok) return { doc, failure: opened.error, store: undefined };
	const store = opened.value;
	const lies: string[] = [];
	const edit = async (key: string, value: number) => {
		doc.getMap('fields').set(key, value);
		await settled(store);
		if (store.state.status !== 'saved') return;
		// "Saved" is said only of what the next start would find.
		const index = storage.called.length;
		const found = await withoutFaults(storage, stored);
		if (JSON.stringify(found) !== JSON.stringify(fields(doc))) lies.push(`${key} at ${index}`);
	};
	await edit('a', 1);
	await edit('b', 2);
	await store.trim();
	await edit('c', 3);
	return { doc, failure: undefined, store, lies };
}

async function withoutFaults<T>(storage: FaultyStorage, work: () => Promise<T>): Promise<T> {
	const calls = storage.called.length;
	const resume = storage.pause();
	const result = await work();
	storage.called.length = calls;
	resume();
	return result;
}

/** How many calls an unharmed session makes, and which. */
async function callsOfSession(): Promise<readonly string[]> {
	const storage = new FaultyStorage();
	await session(storage);
	const { called } = storage;
	vi.restoreAllMocks();
	vi.spyOn(console, 'warn').mockImplementation(() => {});
	return called;
}

const cases = faults.flatMap((fault) => [
	[fault, 'once'] as const,
	[fault, 'from then on'] as const
]);

test('a session makes every kind of call there is, so that each is made to fail', async () => {
	const called = new Set(await callsOfSession());
	// What reads row by row does so only once another call has failed.
	expect([...called].sort()).toEqual([
		...['add', 'delete', 'getAll', 'getAllKeys', 'objectStore', 'open', 'put', 'transaction']
	]);
});

test.each(cases)(
	'wherever a call is %s, %s, no edit is lost while the page lives, and nobody is told it was saved',
	async (fault: Fault, how) => {
		const total = (await callsOfSession()).length;
		expect(total).toBeGreaterThan(15);
		const told = new Set<string>();
		for (let at = 0; at < total; at++) {
			name = `faulty ${count++}`;
			await fillBefore();
			const storage = new FaultyStorage();
			storage.failAt(at, fault, how === 'from then on');
			const { doc, store, failure, lies } = await session(storage);
			const where = `call ${at}, ${storage.called[at]}`;
			if (!store) {
				// It does not open as if there were nothing, and what is there stays.
				told.add(failure.type);
				storage.heal();
				expect(await stored(), where).toEqual(old);
			} else {
				expect(lies, where).toEqual([]);
				expect(fields(doc), where).toEqual(everything);
				if (store.state.status === 'failed') {
					told.add(store.state.failure.type);
					expect(appStatus({ status: 'slow', step: 'opening' }, store.state).lines).toEqual([
						'Not saved'
					]);
				}
				// The last edit of all cannot have reached the disk.
				if (how === 'from then on') expect(store.state.status, where).toBe('failed');
				const file = new Y.Doc();
				Y.applyUpdate(file, new Uint8Array(await documentFile(doc).arrayBuffer()));
				expect(fields(file), where).toEqual(everything);
				storage.heal();
				// The first may only wait for an attempt that is failing just now.
				await store.retry();
				await store.retry();
				expect(store.state, where).toEqual({ status: 'saved' });
				await store.close();
				expect(await stored(), where).toEqual(everything);
			}
			vi.restoreAllMocks();
			vi.spyOn(console, 'warn').mockImplementation(() => {});
		}
		expect([...told]).toContain(fault === 'full' ? 'full' : 'lost');
	}
);

test('where the disk gives one row back no more, all others are read, and it stays where it is', async () => {
	const failing = () =>
		({
			error: new DOMException('It does not read', 'UnknownError'),
			set onerror(listen: () => void) {
				queueMicrotask(listen);
			}
		}) as unknown as IDBRequest;
	vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(failing);
	const get = IDBObjectStore.prototype.get;
	vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
		this: IDBObjectStore,
		key
	) {
		return key === 3 ? failing() : get.call(this, key);
	});
	const doc = new Y.Doc();
	const store = await openDocumentStore(name, doc);
	expect(store.ok && store.value.setAside).toBe(2);
	expect(fields(doc)).toEqual({ 'old 1': true, 'old 2': true });
	doc.getMap('fields').set('new', true);
	if (store.ok) {
		await settled(store.value);
		expect(store.value.state).toEqual({ status: 'saved' });
		await store.value.close();
	}
	vi.restoreAllMocks();
	expect(await stored()).toEqual({ ...old, new: true });
});
