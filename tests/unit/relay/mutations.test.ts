import { afterAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { roomOf } from '$lib/sync/protocol';
import { Attacker, updateFrame } from '../../fixtures/relay-attacker';
import { endRelays, startRelay } from '../../fixtures/relay';
import { createWorkspace, Device, join, tokenOf, until } from '../../fixtures/relay-device';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

afterAll(endRelays);

/** The same numbers each time. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** Updates as a device makes them: appends, deletions, several at once. */
function realUpdates(): Uint8Array[] {
	const document = new Y.Doc();
	const updates: Uint8Array[] = [];
	document.on('update', (update: Uint8Array) => updates.push(update));
	const log = document.getArray<Uint8Array>('log');
	for (let n = 0; n < 20; n++) {
		log.push([new Uint8Array(20).fill(n)]);
		if (n % 5 === 4) log.delete(0, 3);
		if (n % 7 === 6) document.getMap('meta').set('next', { epoch: n, wraps: {} });
	}
	return [...updates, Y.encodeStateAsUpdate(document)];
}

const kindOf = (frame: Buffer) => frame[frame[0]! + 1];
const isEnd = (frame: Buffer) => kindOf(frame) === 7;
/** That an update was taken or not, or the end. */
const isAnswer = (frame: Buffer) => kindOf(frame) === 8 || isEnd(frame);

test('200 real updates with bytes changed neither stop a relay nor keep others from their room', async () => {
	const next = random(7);
	const relay = await startRelay();
	const owner = await createWorkspace(relay.url);
	const editor = await join(relay.url, owner, 'editor');
	const room = roomOf({ workspace: owner.workspace, epoch: 0 });
	const friend = new Device(relay.url, owner);
	await friend.synced();
	friend.push('before');
	await friend.allStored();

	const updates = realUpdates();
	const token = await tokenOf(relay.url, editor);
	let refused = 0;
	for (let socket = 0; socket < 4; socket++) {
		const attacker = await Attacker.open(relay.url);
		let isInside = false;
		for (let n = 0; n < 50 && attacker.closed === undefined; n++) {
			const update = updates[Math.floor(next() * updates.length)]!.slice();
			const changes = 1 + Math.floor(next() * 4);
			for (let i = 0; i < changes; i++)
				update[Math.floor(next() * update.length)] = Math.floor(next() * 256);
			// What was refused ended the way into the room.
			if (!isInside) await attacker.enter(room, token);
			attacker.received.length = 0;
			attacker.send(updateFrame(room, update));
			await until(() => attacker.closed !== undefined || attacker.received.some(isAnswer));
			isInside = !attacker.received.some(isEnd);
			if (!isInside) refused++;
		}
		attacker.ws.close();
	}
	expect(refused).toBeGreaterThan(20);

	friend.push('after');
	await friend.allStored();
	expect(friend.closes).toEqual([]);
	expect(relay.process.exitCode).toBe(null);
	expect((await relay.health()).status).toBe(200);
	friend.close();
	await relay.kill();

	const again = await startRelay({ RELAY_FOLDER: relay.folder });
	const reader = new Device(again.url, owner);
	await until(() => ['before', 'after'].every((text) => reader.texts().includes(text)));
	reader.push('still');
	await reader.allStored();
	reader.close();
	expect(await again.stop()).toBe(0);
});
