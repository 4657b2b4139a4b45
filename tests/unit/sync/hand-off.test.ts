import { randomBytes } from 'node:crypto';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { askRelay } from '$lib/sync/ask';
import { receiveFile, sendFile, type OnProgress } from '$lib/sync/hand-off';
import { handOffFrom, receiveAddress, type HandOff } from '$lib/sync/hand-off-link';
import { createTeam } from '$lib/sync/join';
import type { Membership } from '$lib/sync/kept';
import { partBytes, partKey, sealPart, unsealPart } from '$lib/sync/sealed-part';
import { endRelays, startRelay, type RelayProcess } from '../../fixtures/relay';
import { BrowserLikeSocket } from '../../fixtures/relay-device';

let relay: RelayProcess;
let membership: Membership;
const never = new AbortController().signal;
const quiet: OnProgress = () => {};
const quick = { tries: 3, pause: 1, timeout: 20_000 };

beforeAll(async () => {
	vi.stubGlobal('WebSocket', BrowserLikeSocket);
	relay = await startRelay();
	const made = await createTeam(relay.url, { name: 'Mia', device: 'Chrome on Linux' });
	if (!made.ok) throw new Error(made.error.message);
	membership = made.value;
}, 60_000);
afterAll(endRelays);
const servers: Server[] = [];
afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

async function token() {
	const ask = askRelay(relay.url);
	const answer = await ask.call('token', { refresh: membership.refresh });
	ask.close();
	return answer.ok ? { ok: true as const, value: answer.value.token } : answer;
}

const fileOf = (bytes: number, name = 'Bäckerei.ndjson') => new File([randomBytes(bytes)], name);
const contents = async (blob: Blob) => Buffer.from(await blob.arrayBuffer());

async function sent(file: File, through = relay.url): Promise<HandOff> {
	const link = await sendFile(file, through, token, quick).run(never, quiet);
	if (!link.ok) throw new Error(link.error.type);
	return link.value;
}

test('a file goes over whole, once, and the relay sees none of it', async () => {
	const file = new File(
		['{"contacts":"zoe@example.org"}\n', randomBytes(2 * partBytes)],
		'Bäckerei.ndjson'
	);
	const steps: [number, number][] = [];
	const link = await sendFile(file, relay.url, token).run(never, (...step) => steps.push(step));
	if (!link.ok) throw new Error(link.error.type);
	const total = steps[0]![1];
	expect(steps).toEqual([
		[0, total],
		[4 * 1024 * 1024, total],
		[8 * 1024 * 1024, total],
		[total, total]
	]);
	const names = await readdir(relay.folder, { recursive: true, withFileTypes: true });
	for (const one of names.filter((entry) => entry.isFile())) {
		const bytes = await readFile(join(one.parentPath, one.name));
		for (const secret of ['zoe@example', 'ckerei.ndjson', link.value.key])
			expect(bytes.includes(secret)).toBe(false);
	}

	const receiving = receiveFile(link.value);
	expect(await receiving.size()).toEqual({ ok: true, value: total });
	const got = await receiving.run(never, quiet);
	if (!got.ok) throw new Error(got.error.type);
	expect(got.value.name).toBe('Bäckerei.ndjson');
	expect((await contents(got.value)).equals(await contents(file))).toBe(true);
	await receiving.done();

	const second = receiveFile(link.value);
	expect(await second.size()).toMatchObject({ ok: false, error: { type: 'unknown' } });
	expect(await second.run(never, quiet)).toMatchObject({ ok: false, error: { type: 'unknown' } });
}, 60_000);

test('another key opens nothing, and the right one still does', async () => {
	const file = fileOf(1000);
	const link = await sent(file);
	const wrong = { ...link, key: 'A'.repeat(43) };
	expect(await receiveFile(wrong).run(never, quiet)).toEqual({
		ok: false,
		error: { type: 'broken' }
	});
	const got = await receiveFile(link).run(never, quiet);
	expect(got.ok && (await contents(got.value)).equals(await contents(file))).toBe(true);
});

test('what is not there as a whole cannot be taken', async () => {
	const file = fileOf(partBytes + 5);
	const cancel = new AbortController();
	const sending = sendFile(file, relay.url, token, quick);
	const stopped = await sending.run(cancel.signal, (done) => done > 0 && cancel.abort());
	expect(stopped).toEqual({ ok: false, error: { type: 'cancelled' } });
	// It goes on where it was.
	const steps: number[] = [];
	const link = await sending.run(never, (done) => steps.push(done));
	if (!link.ok) throw new Error(link.error.type);
	expect(steps[0]).toBe(4 * 1024 * 1024);
	expect((await receiveFile(link.value).run(never, quiet)).ok).toBe(true);

	// One that is announced, and misses a part.
	const ask = askRelay(relay.url);
	const asked = await token();
	if (!asked.ok) throw new Error(asked.error.type);
	const made = await ask.call('putBlob', {
		...{ token: asked.value, parts: 2 },
		size: 4 * 1024 * 1024 + 40
	});
	ask.close();
	if (!made.ok) throw new Error(made.error.type);
	const missing = receiveFile({ ...link.value, blob: made.value.blob });
	expect(await missing.run(never, quiet)).toMatchObject({ ok: false, error: { type: 'unknown' } });
}, 60_000);

test('taken back, it is gone', async () => {
	const sending = sendFile(fileOf(10), relay.url, token, quick);
	const link = await sending.run(never, quiet);
	if (!link.ok) throw new Error(link.error.type);
	await sending.takeBack();
	expect(await receiveFile(link.value).size()).toMatchObject({ ok: false });
});

test('parts are bound to their place and whole', async () => {
	const key = await partKey(randomBytes(32));
	const place = { blob: 'b'.repeat(22), part: 1, parts: 3 };
	const sealed = await sealPart(key, place, randomBytes(5));
	expect((await unsealPart(key, place, sealed)).ok).toBe(true);
	for (const other of [{ part: 0 }, { parts: 2 }, { blob: 'c'.repeat(22) }])
		expect(await unsealPart(key, { ...place, ...other }, sealed)).toEqual({
			ok: false,
			error: 'broken'
		});
});

/** A way to the relay that breaks whenever so many bytes have gone over one connection, so often. */
async function breaking(bytes: number, times: number): Promise<{ url: string; broken: number }> {
	const target = Number(new URL(relay.url).port);
	const state = { url: '', broken: 0 };
	const server = createServer((near: Socket) => {
		const far = connect(target, '127.0.0.1');
		let count = 0;
		const watch = (from: Socket, to: Socket) =>
			from.on('data', (some) => {
				count += some.length;
				if (count > bytes && state.broken < times) {
					state.broken++;
					near.destroy();
					far.destroy();
				} else to.write(some);
			});
		watch(near, far);
		watch(far, near);
		for (const [one, other] of [
			[near, far],
			[far, near]
		] as const)
			one.on('close', () => other.destroy()).on('error', () => undefined);
	});
	servers.push(server);
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	state.url = `ws://127.0.0.1:${(server.address() as { port: number }).port}`;
	return state;
}

test('a broken connection costs a part at most, both ways', async () => {
	const file = fileOf(3 * partBytes);
	const up = await breaking(6_000_000, 2);
	const link = await sent(file, up.url);
	expect(up.broken).toBe(2);
	const down = await breaking(6_000_000, 2);
	const got = await receiveFile({ ...link, relay: down.url }, quick).run(never, quiet);
	expect(down.broken).toBe(2);
	expect(got.ok && (await contents(got.value)).equals(await contents(file))).toBe(true);

	// Broken for longer than it is tried, it is gone on with later.
	const again = await sent(file);
	const dead = await breaking(6_000_000, 4);
	const receiving = receiveFile({ ...again, relay: dead.url }, { ...quick, tries: 1 });
	const steps: number[] = [];
	const first = await receiving.run(never, (done) => steps.push(done));
	expect(first).toMatchObject({ ok: false, error: { type: 'unreachable' } });
	expect(steps).toEqual([0, 4 * 1024 * 1024]);
	let rest = first;
	while (!rest.ok && dead.broken < 10 && rest.error.type === 'unreachable')
		rest = await receiving.run(never, (done) => steps.push(done));
	expect(rest.ok && (await contents(rest.value)).equals(await contents(file))).toBe(true);
	// It never goes back.
	expect(steps).toEqual([...steps].sort((a, b) => a - b));
}, 60_000);

test('a link is read as it was written, or not at all', () => {
	const link: HandOff = {
		...{ relay: 'wss://relay.example.com/x', blob: 'b'.repeat(22) },
		key: 'k'.repeat(43)
	};
	const read = (address: string) => handOffFrom(new URLSearchParams(address.split('?')[1]));
	const address = receiveAddress(link);
	expect(address.startsWith('/receive?')).toBe(true);
	expect(read(address)).toEqual({ ok: true, value: link });
	expect(read(address.slice(0, -1))).toEqual({ ok: false, error: 'incomplete' });
	expect(read(address.replace('wss', 'javascript')).ok).toBe(false);
});
