import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { seal } from '$lib/sync/sealed';
import { logOf } from '$lib/sync/sealed-log';
import { keepKey, newKey } from '$lib/sync/workspace-key';
import { watchOverwritten } from '$lib/workspace/overwritten';
import { device, pair, Relay, room } from '../../fixtures/sealed-devices';

test('what one device writes, the other reads, and the relay does not', async () => {
	const { relay, a, b } = await pair();
	a.write('a', 'Customers in Vienna');
	b.write('b', { nested: [1, 2] });
	const both = { a: 'Customers in Vienna', b: { nested: [1, 2] } };
	await vi.waitFor(() => expect([a.read(), b.read()]).toEqual([both, both]));
	expect(Buffer.from(Y.encodeStateAsUpdate(relay.doc)).includes('Vienna')).toBe(false);
});

test('who writes the same at once as another hears of it on both devices', async () => {
	const { a, b } = await pair();
	const heard: string[] = [];
	watchOverwritten(a.inner, (found) => heard.push(...found.map(({ key }) => `a: ${key}`)));
	watchOverwritten(b.inner, (found) => heard.push(...found.map(({ key }) => `b: ${key}`)));
	a.write('s/name', 'Hers');
	b.write('s/name', 'His');
	await vi.waitFor(() => expect(heard.sort()).toEqual(['a: s/name', 'b: s/name']));
});

test('changes in quick succession are one blob, and wait until they are stored', async () => {
	const { relay, a } = await pair();
	const before = relay.blobs;
	for (let i = 0; i < 20; i++) a.write('a', i);
	expect(a.log.waiting).toBe(20);
	await vi.waitFor(() => expect(relay.blobs).toBe(before + 1));
	expect(a.log.waiting).toBe(20);
	a.hear();
	expect(a.log.waiting).toBe(0);
});

test('devices that were apart have both their changes, deletions too, when they meet again', async () => {
	const [raw, relay] = [newKey(), new Relay()];
	const first = await device(raw);
	const cut = relay.connect(first.outer);
	await first.log.meet();
	first.write('shared', 1);
	first.write('doomed', 1);
	await vi.waitFor(() => expect(relay.blobs).toBe(1));
	cut();
	first.log.stop();

	// Another device, and the first again after a reload: a new page with the stored document.
	const other = await device(raw);
	relay.connect(other.outer);
	await other.log.meet();
	other.write('other', 2);
	const again = await device(raw, first.inner);
	again.inner.getMap('segments').delete('doomed');
	again.write('again', 3);
	await vi.waitFor(() => expect(relay.blobs).toBe(2));
	relay.connect(again.outer);
	await again.log.meet();
	const all = { shared: 1, other: 2, again: 3 };
	await vi.waitFor(() => expect([other.read(), again.read()]).toEqual([all, all]));

	const blobs = relay.blobs;
	await again.log.meet();
	await other.log.meet();
	expect(relay.blobs, 'nothing is put there twice').toBe(blobs);
});

test('many blobs become one snapshot, and what another adds meanwhile stays', async () => {
	const { raw, relay, a, b } = await pair();
	for (let i = 0; i < 6; i++) {
		a.write(`big ${i}`, 'x'.repeat(60_000));
		await vi.waitFor(() => expect(relay.blobs).toBe(i + 1));
		a.hear();
	}
	const compacting = a.log.compact();
	b.write('b', 'meanwhile');
	await compacting;
	await vi.waitFor(() => expect(relay.blobs).toBe(2));
	await vi.waitFor(() => expect(a.read()).toMatchObject({ b: 'meanwhile' }));

	const late = await device(raw);
	relay.connect(late.outer);
	await late.log.meet();
	expect(late.read()).toEqual(a.read());
	await a.log.compact();
	expect(relay.blobs, 'a small log stays as it is').toBe(2);
});

test('what stands before what it goes on from is read all the same', async () => {
	const { raw, relay, a } = await pair();
	const updates: Uint8Array[] = [];
	const source = new Y.Doc();
	source.on('update', (update: Uint8Array) => updates.push(update));
	for (let i = 0; i < 3; i++) source.getMap('segments').set('a', i);
	source.getMap('segments').delete('a');
	source.getMap('segments').set('b', 'kept');
	const { key } = await keepKey(raw);
	const sealed = updates.map((update) => seal(key, room, 'update', update));
	const [first, ...others] = await Promise.all(sealed);
	logOf(relay.doc).push([...others, first]);
	await vi.waitFor(() => expect(a.read()).toEqual({ b: 'kept' }));
	expect(a.log.unreadable).toBe(0);
	const late = await device(raw);
	relay.connect(late.outer);
	await late.log.meet();
	expect(late.read()).toEqual({ b: 'kept' });
});

test('what does not open or does not read is left in the log, and the rest is read', async () => {
	const { relay, a, b } = await pair();
	const { key: foreign } = await keepKey(newKey());
	logOf(relay.doc).push([
		new Uint8Array(40),
		await seal(foreign, room, 'update', new Uint8Array([0, 0])),
		'no bytes'
	]);
	a.write('a', 1);
	await vi.waitFor(() => expect(b.read()).toEqual({ a: 1 }));
	expect(b.log.unreadable).toBe(3);
	expect(relay.blobs).toBe(4);
	// Somebody who can read one puts a snapshot in its place.
	logOf(relay.doc).delete(0);
	expect(b.log.unreadable).toBe(2);
});

test('what does not open here stays for others when the rest becomes one snapshot', async () => {
	const { raw, relay, a } = await pair();
	const foreign = new Uint8Array(40);
	logOf(relay.doc).push([foreign]);
	for (let i = 0; i < 6; i++) {
		a.write(`big ${i}`, 'x'.repeat(60_000));
		await vi.waitFor(() => expect(relay.blobs).toBe(i + 2));
		a.hear();
	}
	await a.log.compact();
	expect(relay.blobs).toBe(2);
	expect(logOf(relay.doc).get(0)).toEqual(foreign);
	const late = await device(raw);
	relay.connect(late.outer);
	await late.log.meet();
	expect(late.read()).toEqual(a.read());
});

test('a viewer reads all and writes nothing', async () => {
	const [raw, relay] = [newKey(), new Relay()];
	const [writer, viewer] = [await device(raw), await device(raw, new Y.Doc(), false)];
	relay.connect(writer.outer);
	relay.connect(viewer.outer);
	await Promise.all([writer.log.meet(), viewer.log.meet()]);
	viewer.write('viewer', 1);
	writer.write('writer', 1);
	await vi.waitFor(() => expect(viewer.read()).toEqual({ viewer: 1, writer: 1 }));
	await viewer.log.meet();
	expect(relay.blobs).toBe(1);
	expect(writer.read()).toEqual({ writer: 1 });
});

test('what another adds in the middle of the log while this device meets it is read too', async () => {
	const [raw, relay] = [newKey(), new Relay()];
	const [a, b] = [await device(raw), await device(raw)];
	relay.connect(a.outer);
	const cut = relay.connect(b.outer);
	await Promise.all([a.log.meet(), b.log.meet()]);
	// Apart, B's place in the list is the beginning, wherever A has come to meanwhile.
	cut();
	b.write('b', 'offline');
	for (let i = 0; i < 3; i++) {
		a.write(`a${i}`, i);
		await vi.waitFor(() => expect(relay.blobs).toBe(i + 1));
	}
	await vi.waitFor(() => expect(logOf(b.outer).length).toBe(1));
	const meeting = a.log.meet();
	relay.connect(b.outer);
	await meeting;
	await vi.waitFor(() => expect(a.read()).toMatchObject({ b: 'offline' }));
});

test('a snapshot takes the place of those blobs alone that are in it', async () => {
	const [raw, relay] = [newKey(), new Relay()];
	const [a, b] = [await device(raw), await device(raw)];
	relay.connect(a.outer);
	const cut = relay.connect(b.outer);
	await Promise.all([a.log.meet(), b.log.meet()]);
	cut();
	b.write('b', 'offline');
	await vi.waitFor(() => expect(logOf(b.outer).length).toBe(1));
	for (let i = 0; i < 6; i++) {
		a.write(`big ${i}`, 'x'.repeat(60_000));
		await vi.waitFor(() => expect(relay.blobs).toBe(i + 1));
		a.hear();
	}
	// B's blob comes to stand among those that are being replaced, while the snapshot is sealed.
	const compacting = a.log.compact();
	await Promise.resolve();
	await Promise.resolve();
	relay.connect(b.outer);
	await compacting;
	await vi.waitFor(() => expect(relay.blobs).toBe(2));

	const late = await device(raw);
	relay.connect(late.outer);
	await late.log.meet();
	expect(late.read()).toMatchObject({ b: 'offline', 'big 5': expect.any(String) });
	await vi.waitFor(() => expect(a.read()).toMatchObject({ b: 'offline' }));
});
