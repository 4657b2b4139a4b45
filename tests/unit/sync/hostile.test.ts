import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { logOf } from '$lib/sync/sealed-log';
import { seal } from '$lib/sync/sealed';
import { keepKey, newKey } from '$lib/sync/workspace-key';
import { Contents } from '$lib/workspace/contents.svelte';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { pair, Relay, room, type Device } from '../../fixtures/sealed-devices';
import { edit } from '../../fixtures/workspace/devices';

let relay: Relay;
let honest: Device;
let reader: Device;
let key: CryptoKey;
let contents: Contents;

/** Somebody who has the key writes what they like, on the way that all changes take. */
const send = async (...updates: Uint8Array[]) => {
	const blobs = await Promise.all(updates.map((update) => seal(key, room, 'update', update)));
	logOf(relay.doc).push(blobs);
};

beforeEach(async () => {
	vi.spyOn(console, 'warn').mockImplementation(() => {});
	const devices = await pair();
	({ relay, a: honest, b: reader } = devices);
	({ key } = await keepKey(devices.raw));
	// The same bytes each time.
	honest.inner.clientID = 3_111_111_111;
	reader.inner.clientID = 3_222_222_222;
	contents = new Contents(reader.inner);
	for (const name of ['one', 'two', 'three']) makeSegment(honest.inner, name);
	await vi.waitFor(() => expect(contents.segments).toHaveLength(3));
});
afterEach(() => {
	vi.restoreAllMocks();
	for (const { log } of [honest, reader]) log.stop();
});

function makeSegment(doc: Y.Doc, id: string): void {
	edit(doc, (e) => segments.createSegment(e, id, `Segment ${id}`, undefined, () => 'unused'));
	for (const node of ['a', 'b'])
		edit(doc, (e) => rules.addCondition(e, id, node, { kind: 'everyone' }, { parent: 'root' }));
	edit(doc, (e) => segments.saveSegment(e, id, 'v1'));
}

/** What a person sees of the honest segments: all of each, read anew. */
const seen = (device: Device) =>
	['one', 'two', 'three'].map((id) => ({ ...new Contents(device.inner).segment(id) }));

let round = 0;

/** The two still have the same, it can be stored, and what one changes the other gets. */
async function expectWell(): Promise<void> {
	const name = `Renamed ${++round}`;
	edit(honest.inner, (e) => segments.renameSegment(e, 'one', name));
	await vi.waitFor(() => expect(contents.segment('one')?.name).toBe(name), 10_000);
	edit(reader.inner, (e) => segments.renameSegment(e, 'two', name));
	await vi.waitFor(() => expect(seen(honest)[1]).toMatchObject({ name }), 10_000);
	const stored = new Y.Doc();
	Y.applyUpdate(stored, Y.encodeStateAsUpdate(reader.inner));
	for (const segment of new Contents(stored).segments) expect({ ...segment }).toBeTruthy();
	for (const { id } of contents.segments) expect(contents.versions(id)).toBeTruthy();
	expect([contents.definitions, contents.settings, contents.issues]).toBeTruthy();
}

/** An update with one register that holds what no honest device would write. */
function updateWith(write: (doc: Y.Doc) => void): Uint8Array {
	const doc = new Y.Doc();
	write(doc);
	return Y.encodeStateAsUpdate(doc);
}

/** `[[[…]]]`, written by hand: Yjs itself runs out of stack. */
function deepUpdate(root: string, name: string, depth: number): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [1, 1, 4711, 0]) encoding.writeVarUint(encoder, number);
	encoding.writeUint8(encoder, 8 | 32); // any value, under a key
	encoding.writeVarUint(encoder, 1);
	encoding.writeVarString(encoder, root);
	encoding.writeVarString(encoder, name);
	encoding.writeVarUint(encoder, 1);
	for (let i = 0; i < depth; i++) {
		encoding.writeUint8(encoder, 117);
		encoding.writeVarUint(encoder, 1);
	}
	encoding.writeUint8(encoder, 126);
	encoding.writeVarUint(encoder, 0);
	return encoding.toUint8Array(encoder);
}

/** Deletes `length` items of a client, from one on. */
function deletionOf(client: number, clock: number, length: number): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [0, 1, client, 1, clock, length]) encoding.writeVarUint(encoder, number);
	return encoding.toUint8Array(encoder);
}

test('what is no change changes nothing', async () => {
	const before = seen(reader);
	const { key: other } = await keepKey(newKey());
	const real = Y.encodeStateAsUpdate(honest.inner);
	logOf(relay.doc).push([
		new Uint8Array(0),
		new Uint8Array(1_000).fill(7),
		await seal(other, room, 'update', real),
		// Of another room, of another epoch, and what is sealed as something else.
		await seal(key, { workspace: 'v', epoch: 0 }, 'update', real),
		await seal(key, { ...room, epoch: 1 }, 'update', real),
		await seal(key, room, 'presence', real)
	]);
	logOf(relay.doc).push(['text', { a: 1 }, 5, null]);
	await send(new Uint8Array(0), new Uint8Array(100).fill(255), real.slice(0, real.length / 2));
	await vi.waitFor(() => expect(reader.log.unreadable).toBe(13));
	expect(seen(reader)).toEqual(before);
	await expectWell();
});

test('a change of 50 MB is left where it is', async () => {
	await send(updateWith((doc) => void doc.getMap('tags').set('big', 'x'.repeat(50_000_000))));
	await vi.waitFor(() => expect(reader.log.unreadable).toBe(1));
	expect(reader.inner.getMap('tags').size).toBe(0);
	await expectWell();
});

test.each([101, 1_000, 5_000, 20_000])('a value %d levels deep is not taken in', async (depth) => {
	await send(deepUpdate('nodes', 'one/a/b', depth), deepUpdate('tags', 'deep/name', depth));
	await expectWell();
	expect(reader.inner.getMap('tags').size).toBe(0);
	expect(contents.segment('one')?.draft.children).toHaveLength(2);
});

test('types in registers, and registers where a list is, are not taken in', async () => {
	await send(
		updateWith((doc) => void doc.getMap('nodes').set('one/a/b', new Y.Map([['type', 'group']]))),
		updateWith((doc) => void doc.getMap('segments').set('two/name', new Y.Text('…'))),
		updateWith((doc) => void doc.getMap('segments').set('three/name', new Y.Doc())),
		updateWith((doc) => void doc.getText('meta').insert(0, 'text')),
		updateWith((doc) => void doc.getXmlFragment('fields').insert(0, [new Y.XmlElement('script')]))
	);
	await expectWell();
	expect(seen(reader).map(({ issues }) => issues)).toEqual([[], [], []]);
});

test('names that every object has are no ids', async () => {
	const unsafe = ['__proto__', 'constructor', 'valueOf', 'toString', 'hasOwnProperty'];
	// Yjs writes own keys of that name, and makes a prototype of one when it reads it.
	const named: unknown = JSON.parse('{"a":{"constructor":{"prototype":{"polluted":1}}}}');
	Object.defineProperty(named, '__proto__', { value: { polluted: 1 }, enumerable: true });
	await send(
		updateWith((doc) => {
			for (const name of unsafe) {
				for (const root of ['segments', 'nodes', 'versions', 'tags', 'lists', 'fields', 'settings'])
					for (const part of ['', '/new', '/name', '/def', '/match', '/x/b', '/tag/__proto__'])
						doc.getMap(root).set(name + part, named);
				doc.getMap('segments').set(`${name}/new`, { at: 1, by: name });
				doc.getMap('segments').set(`${name}/name`, name);
				doc.getMap('segments').set(`${name}/saved`, name);
				doc.getMap('tags').set(`${name}/name`, name);
				doc.getMap('segments').set(`one/tag/${name}`, true);
				doc.getMap(name).set(name, named);
			}
			doc.getMap('settings').set('name', named);
		})
	);
	await vi.waitFor(() => expect(reader.inner.getMap('segments').has('toString/new')).toBe(true));
	expect(({} as { polluted?: number }).polluted).toBeUndefined();
	expect(contents.segments.map(({ id }) => id)).toEqual(['one', 'three', 'two']);
	for (const name of unsafe) {
		expect(contents.segment(name)).toBeUndefined();
		expect(contents.definitions.segments.has(name)).toBe(false);
		expect(contents.definitions.tags.has(name)).toBe(false);
	}
	expect(contents.segment('one')?.tags).toEqual([]);
	await expectWell();
});

test('nobody can delete what somebody has yet to write, or write in their name what comes later', async () => {
	const { clientID } = honest.inner;
	const later = new Y.Doc();
	later.clientID = clientID;
	for (let i = 0; i < 500; i++) later.getMap('tags').set('t', i);
	const whole = Y.encodeStateAsUpdate(later);
	const clock = Y.getState(honest.inner.store, clientID) + 5;
	await send(
		Y.diffUpdate(whole, Y.encodeStateVector(new Map([[clientID, clock]]))),
		deletionOf(clientID, clock, 1_000)
	);
	for (let i = 0; i < 20; i++) await expectWell();
	expect(reader.inner.store.pendingDs).toBe(null);
	expect(reader.inner.store.pendingStructs).toBe(null);
});

test('what was sent once can be sent again, and changes nothing', async () => {
	const before = seen(reader);
	logOf(relay.doc).push(logOf(relay.doc).toArray());
	await expectWell();
	edit(honest.inner, (e) => segments.renameSegment(e, 'one', 'Segment one'));
	edit(honest.inner, (e) => segments.renameSegment(e, 'two', 'Segment two'));
	await vi.waitFor(() => expect(seen(reader)).toEqual(before));
});

test('10,000 real changes with bytes altered: the page stays up, and the rest is untouched', async () => {
	const before = seen(reader);
	const next = random(7);
	let updates: Uint8Array[] = [];
	for (let batch = 0; batch < 100; batch++) {
		if (batch % 5 === 0) updates = evilUpdates(batch);
		await send(
			...Array.from({ length: 100 }, () =>
				altered(updates[Math.floor(next() * updates.length)]!, next)
			)
		);
		if (batch % 10 === 9) await expectWell();
	}
	edit(honest.inner, (e) => segments.renameSegment(e, 'one', 'Segment one'));
	edit(honest.inner, (e) => segments.renameSegment(e, 'two', 'Segment two'));
	await vi.waitFor(() => expect(seen(reader)).toEqual(before));
	expect(seen(honest)).toEqual(before);
	const late = new Contents(reader.inner);
	expect(late.segments.map(({ id }) => id)).toEqual(
		expect.arrayContaining(['one', 'two', 'three'])
	);
}, 120_000);

/** What a member's device makes who works at a segment of their own. */
function evilUpdates(round: number): Uint8Array[] {
	const doc = new Y.Doc();
	doc.clientID = 3_333_333_000 + round;
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	const id = `evil${round}`;
	makeSegment(doc, id);
	edit(doc, (e) => rules.addGroup(e, id, 'g', 'any', { parent: 'root' }));
	edit(doc, (e) => rules.move(e, id, 'a', { parent: 'g' }));
	edit(doc, (e) => rules.remove(e, id, 'b'));
	edit(doc, (e) => rules.setCondition(e, id, 'a', { kind: 'tag', test: { tags: ['x', 'y'] } }));
	return [...updates, Y.encodeStateAsUpdate(doc)];
}

function altered(update: Uint8Array, next: () => number): Uint8Array {
	const bytes = update.slice();
	const changes = 1 + Math.floor(next() * 4);
	for (let i = 0; i < changes; i++)
		bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
	return bytes;
}

/** The same numbers each time. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}
