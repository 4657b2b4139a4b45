import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { limits, roomOf } from '$lib/sync/protocol';
import { randomId } from '$lib/workspace/random-id';
import {
	askFrame,
	Attacker,
	authFrame,
	presenceFrame,
	updateFrame
} from '../../fixtures/relay-attacker';
import { endRelays, startRelay, type RelayProcess } from '../../fixtures/relay';
import {
	Asker,
	createWorkspace,
	Device,
	join,
	tokenOf,
	until,
	type Joined
} from '../../fixtures/relay-device';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const secret = 'a secret of the tests, 32 letters or more';
let relay: RelayProcess;
/** Somebody who keeps to the rules meanwhile, in a workspace of their own. */
let honest: Device;
/** Somebody who says nothing all the while. */
let silent: Attacker;

beforeAll(async () => {
	relay = await startRelay({ RELAY_SECRET: secret });
	honest = new Device(relay.url, await createWorkspace(relay.url));
	await honest.synced();
	silent = await Attacker.open(relay.url);
});
afterAll(async () => {
	honest.close();
	await endRelays();
});

async function stillServes(): Promise<void> {
	const closes = honest.closes.length;
	honest.push(randomId(8));
	await honest.allStored();
	expect(honest.closes).toHaveLength(closes);
	expect(relay.process.exitCode).toBe(null);
	expect((await relay.health()).status).toBe(200);
}

async function entered(): Promise<{
	attacker: Attacker;
	room: string;
	owner: Joined;
	token: string;
}> {
	const owner = await createWorkspace(relay.url);
	const token = await tokenOf(relay.url, owner);
	const room = roomOf({ workspace: owner.workspace, epoch: 0 });
	const attacker = await Attacker.open(relay.url);
	await attacker.enter(room, token);
	return { attacker, room, owner, token };
}

const textOf = (attacker: Attacker) => Buffer.concat(attacker.received).toString('latin1');

test('garbage is not understood, and ends the socket', async () => {
	const frames = [
		...[new Uint8Array(), Uint8Array.of(0), Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255)],
		...[randomBytes(10), randomBytes(1000), Uint8Array.of(3, 1, 2)]
	];
	for (const bytes of frames) {
		const attacker = await Attacker.open(relay.url);
		attacker.send(bytes);
		expect(await attacker.end()).toBe(4401);
	}
	const words = await Attacker.open(relay.url);
	words.send('{"hello":1}');
	expect(await words.end()).toBe(4401);
	await stillServes();
});

test('garbage in a room ends the way into it, and does not get to anybody', async () => {
	const { attacker, room, owner, token } = await entered();
	const friend = new Device(relay.url, owner);
	await friend.synced();
	for (const update of [Uint8Array.of(255, 255), randomBytes(50), new Uint8Array()]) {
		attacker.send(updateFrame(room, update));
		await until(() => textOf(attacker).includes('invalid'));
		attacker.received.length = 0;
		await attacker.enter(room, token);
	}
	friend.push('fine');
	await friend.allStored();
	expect(friend.texts()).toEqual(['fine']);
	friend.close();
	await stillServes();
});

test('kinds of messages that only relays send each other are refused', async () => {
	const { attacker, room } = await entered();
	const stateless = presenceFrame(room, []);
	stateless[room.length + 1] = 6;
	attacker.send(stateless);
	expect(await attacker.end()).toBe(4401);
	await stillServes();
});

test('an update of 50 MB is cut off, also before anybody is let in', async () => {
	const { attacker, room } = await entered();
	attacker.send(updateFrame(room, new Uint8Array(50_000_000)));
	expect(await attacker.end()).toBe(1009);
	const stranger = await Attacker.open(relay.url);
	stranger.send(updateFrame(room, new Uint8Array(15_000_000)));
	expect([4401, 1006]).toContain(await stranger.end());
	await stillServes();
});

test('names that are keys of every object are no rooms', async () => {
	const token = await tokenOf(relay.url, await createWorkspace(relay.url));
	for (const name of ['__proto__', 'constructor', 'toString', 'ws:__proto__:e0', '', 'a\0b']) {
		const attacker = await Attacker.open(relay.url);
		attacker.send(authFrame(name, token));
		expect(await attacker.end()).toBe(4401);
	}
	await stillServes();
});

test('a token lets into its own workspace only, only while it is good, and only if it is ours', async () => {
	const owner = await createWorkspace(relay.url);
	const other = await createWorkspace(relay.url);
	const room = roomOf({ workspace: owner.workspace, epoch: 0 });
	const claims = { sub: owner.member, device: owner.device, ws: owner.workspace, role: 'owner' };
	const signed = (key: string, expires: string, alg = 'HS256') =>
		new SignJWT(claims)
			.setProtectedHeader({ alg })
			.setExpirationTime(expires)
			.sign(new TextEncoder().encode(key));
	const unsigned = [{ alg: 'none' }, { ...claims, exp: 9e9 }]
		.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
		.join('.');
	const bad = [
		await tokenOf(relay.url, other),
		await signed(secret, '1 minute ago'),
		await signed('another secret, of 32 letters or so', '1 minute'),
		await signed(secret, '1 minute', 'HS384'),
		...[`${unsigned}.`, '', 'x']
	];
	for (const token of bad) {
		const attacker = await Attacker.open(relay.url);
		await attacker.enter(room, token);
		expect(textOf(attacker)).toContain('unauthorised');
		attacker.send(askFrame(room));
		attacker.send(updateFrame(room, Y.encodeStateAsUpdate(docOf('evil'))));
		attacker.ws.close();
	}
	const good = await Attacker.open(relay.url);
	await good.enter(room, await signed(secret, '1 minute'));
	expect(textOf(good)).not.toContain('unauthorised');
	good.ws.close();
	const reader = new Device(relay.url, owner);
	await reader.synced();
	expect(reader.texts()).toEqual([]);
	reader.close();
	await stillServes();
});

test('a page of elsewhere is turned away', async () => {
	for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1.evil.example']) {
		expect(await upgradeStatus({ origin })).toBe(403);
		expect(await upgradeStatus({ origin }, '/ask')).toBe(403);
	}
	expect(await upgradeStatus({ origin: 'http://localhost:4173' })).toBe(101);
	expect(await upgradeStatus({})).toBe(101);
	expect(await upgradeStatus({}, '/elsewhere')).toBe(404);
	await stillServes();
});

test('presence cannot be forged', async () => {
	const { attacker, room, owner } = await entered();
	const [alice, bob] = [
		await join(relay.url, owner, 'editor'),
		await join(relay.url, owner, 'viewer')
	];
	const [left, right] = [new Device(relay.url, alice), new Device(relay.url, bob)];
	await Promise.all([left.synced(), right.synced()]);
	left.provider.awareness!.setLocalState({ e: 'alice' });
	const id = left.document.clientID;
	const seen = () => right.provider.awareness!.getStates();
	await until(() => seen().get(id)?.user === alice.member);
	attacker.send(
		presenceFrame(room, [
			[id, 1000, { e: 'forged', user: alice.member }],
			[1, 1, { e: 'own', user: alice.member, name: '<img src=x>' }],
			[2, 1, { name: 'no seal' }],
			[3, 1, null]
		])
	);
	await until(() => seen().has(1));
	expect(seen().get(1)).toEqual({ e: 'own', user: owner.member });
	expect(seen().get(id)).toEqual({ e: 'alice', user: alice.member });
	expect(seen().has(2)).toBe(false);
	const many = Array.from({ length: 50 }, (_, i): [number, number, unknown] => [
		100 + i,
		1,
		{ e: '' }
	]);
	attacker.send(presenceFrame(room, many));
	attacker.send(presenceFrame(room, [[1, 2, { e: 'last' }]]));
	await until(() => seen().get(1)?.e === 'last');
	expect([...seen().keys()].filter((client) => client >= 100 && client < 150)).toHaveLength(
		limits.presences - 1
	);
	attacker.send(presenceFrame(room, [[1, 3, { e: 'x'.repeat(limits.presence) }]]));
	expect(await attacker.end()).toBe(4429);
	await until(() => !seen().has(1));
	left.close();
	right.close();
	await stillServes();
});

test('a flood ends its socket', async () => {
	const { attacker, room } = await entered();
	const document = docOf('x');
	const update = Y.encodeStateAsUpdate(document);
	// What comes before the room is open is no flood: it is held, and ends the socket for another reason.
	const before = attacker.received.length;
	attacker.send(updateFrame(room, update));
	await until(() => attacker.received.length > before);
	// In bursts: what is sent into a socket that is closed makes the system forget why it was.
	for (let n = 0; n < 20_000 && attacker.closed === undefined; n++) {
		attacker.send(updateFrame(room, update));
		if (n % 200 === 0) await pause(1);
	}
	expect(await attacker.end()).toBe(4429);
	expect(await relay.metric('refused_total{why="flood"')).toBeGreaterThan(0);
	await stillServes();
});

test('one socket opens 20 rooms and no more', async () => {
	const attacker = await Attacker.open(relay.url);
	for (let n = 0; n < limits.rooms; n++) {
		const owner = await createWorkspace(relay.url);
		const room = roomOf({ workspace: owner.workspace, epoch: 0 });
		await attacker.enter(room, await tokenOf(relay.url, owner));
	}
	expect(attacker.closed).toBe(undefined);
	attacker.send(askFrame(roomOf({ workspace: randomId(22), epoch: 0 })));
	expect(await attacker.end()).toBe(4429);
	await stillServes();
});

test('who does not say who they are is not waited for', async () => {
	expect(await silent.end()).toBe(4401);
});

test('who asks for much and does not read it is cut off', async () => {
	const { attacker, room, owner } = await entered();
	const writer = new Device(relay.url, owner);
	await writer.synced();
	writer.push(randomBytes(3_000_000));
	await writer.allStored();
	attacker.ws.pause();
	for (let n = 0; n < 30; n++) attacker.send(askFrame(room));
	await until(async () => (await relay.metric('refused_total{why="slow reader"')) > 0);
	attacker.ws.resume();
	await attacker.end();
	writer.close();
	await stillServes();
});

test('a first sync of 15 MB comes through, in one piece and soon', async () => {
	const owner = await createWorkspace(relay.url);
	const document = new Y.Doc();
	for (let n = 0; n < 15; n++)
		document.getArray('log').push([new Uint8Array(randomBytes(1_000_000))]);
	const device = new Device(relay.url, owner, { document });
	await device.synced();
	await device.allStored();
	expect(device.closes).toEqual([]);
	const reader = new Device(relay.url, owner);
	await until(() => reader.log.length === 15);
	expect(Buffer.compare(reader.log.get(14), device.log.get(14))).toBe(0);
	reader.close();
	device.close();
	await stillServes();
});

test('a flood of calls is refused', async () => {
	const asker = await Asker.open(relay.url);
	const refused = Array.from({ length: 1000 }, () =>
		asker.call('token', { refresh: 'A'.repeat(43) }).catch((error: { type?: string }) => error.type)
	);
	expect(await Promise.all(refused)).toContain('tooMany');
	await stillServes();
	const large = await Attacker.open(relay.url, { path: '/ask' });
	large.send('x'.repeat(limits.ask + 1));
	expect(await large.end()).toBe(1009);
});

/** What a server answers to an upgrade. */
function upgradeStatus(headers: Record<string, string>, path = '/sync'): Promise<number> {
	return new Promise((answered, failed) => {
		const asking = request(relay.url.replace('ws:', 'http:') + path, {
			headers: {
				...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
				...{ 'sec-websocket-key': randomBytes(16).toString('base64'), ...headers }
			}
		});
		asking.on('response', (response) => {
			response.resume();
			answered(response.statusCode!);
		});
		asking.on('upgrade', (response, socket) => {
			socket.destroy();
			answered(response.statusCode!);
		});
		asking.on('error', failed);
		asking.end();
	});
}

function docOf(text: string): Y.Doc {
	const document = new Y.Doc();
	document.getArray('log').push([new TextEncoder().encode(text)]);
	return document;
}
