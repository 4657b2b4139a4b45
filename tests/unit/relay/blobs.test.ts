import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { limits, readPart, writePart } from '$lib/sync/protocol';
import { randomId } from '$lib/workspace/random-id';
import { endRelays, startRelay, type RelayProcess } from '../../fixtures/relay';
import { Asker, createWorkspace, tokenOf } from '../../fixtures/relay-device';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let relay: RelayProcess;
beforeAll(async () => {
	relay = await startRelay({ RELAY_MAX_BLOB: '16MiB' });
});
afterAll(endRelays);

test('a blob goes over in parts, to whoever knows its name, once', async () => {
	const owner = await createWorkspace(relay.url);
	const asker = await Asker.open(relay.url);
	const bytes = randomBytes(2 * limits.blobPart + 7);
	const parts = [0, 1, 2].map((part) =>
		bytes.subarray(part * limits.blobPart, (part + 1) * limits.blobPart)
	);
	const token = await tokenOf(relay.url, owner);
	const { blob } = await asker.call('putBlob', { token, size: bytes.length, parts: 3 });
	await expect(asker.call('getBlob', { blob })).rejects.toMatchObject({ type: 'unknown' });
	for (const [part, bytes] of parts.entries()) {
		const answer = asker.next();
		asker.ws.send(writePart({ blob, part, bytes }));
		expect(JSON.parse(String(await answer))).toEqual({ blob, part });
	}
	asker.close();

	const taker = await Asker.open(relay.url);
	expect(await taker.call('getBlob', { blob })).toEqual({ size: bytes.length, parts: 3 });
	const taken: Uint8Array[] = [];
	for (const part of parts.keys()) {
		const answer = taker.next();
		taker.ws.send(JSON.stringify({ id: 0, call: 'takeBlob', blob, part }));
		taken.push(readPart(new Uint8Array(await answer))!.bytes);
	}
	expect(Buffer.concat(taken).equals(bytes)).toBe(true);
	await taker.call('doneBlob', { blob });
	await expect(taker.call('getBlob', { blob })).rejects.toMatchObject({ type: 'unknown' });
	taker.close();
});

test('a blob that is too large, or other than announced, is refused', async () => {
	const owner = await createWorkspace(relay.url);
	const asker = await Asker.open(relay.url);
	const token = await tokenOf(relay.url, owner);
	const refused = (size: number, parts: number) =>
		expect(asker.call('putBlob', { token, size, parts })).rejects;
	await refused(17 * 1024 * 1024, 5).toMatchObject({ type: 'tooLarge' });
	await refused(10, 2).toMatchObject({ type: 'invalid' });
	const { blob } = await asker.call('putBlob', { token, size: 10, parts: 1 });
	const errorOf = async (blob: string, part: number, length: number) => {
		const answer = asker.next();
		asker.ws.send(writePart({ blob, part, bytes: new Uint8Array(length) }));
		return JSON.parse(String(await answer)).error.type;
	};
	expect(await errorOf(blob, 0, 11)).toBe('invalid');
	expect(await errorOf(blob, 1, 10)).toBe('invalid');
	expect(await errorOf(randomId(22), 0, 10)).toBe('unknown');
	asker.close();
});
