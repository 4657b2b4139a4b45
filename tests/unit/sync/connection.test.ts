import 'fake-indexeddb/auto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { toBase64 } from '$lib/sync/base64';
import { pause } from '$lib/pause';
import { openCard, sealCard } from '$lib/sync/card';
import { createTeam, showCard } from '$lib/sync/join';
import type { Membership } from '$lib/sync/kept';
import type { Role } from '$lib/sync/protocol';
import { rotateKey } from '$lib/sync/rotate';
import { freePort } from '../../fixtures/postgres-server';
import { endRelays, startRelay } from '../../fixtures/relay';
import { BrowserLikeSocket, Device as Relayed } from '../../fixtures/relay-device';
import { joinAs, newTeam, TeamDevice } from '../../fixtures/team-device';

let relay: string;
const ends: (() => void)[] = [];

beforeAll(async () => {
	vi.stubGlobal('WebSocket', BrowserLikeSocket);
	relay = (await startRelay()).url;
});
afterAll(endRelays);
afterEach(() => {
	for (const end of ends.splice(0)) end();
});

class Device extends TeamDevice {
	constructor(membership: Membership) {
		super(membership);
		this.connect();
		ends.push(() => this.close());
	}

	write = (key: string, value: unknown) => void this.doc.getMap('segments').set(key, value);
	read = () => this.doc.getMap('segments').toJSON();
	/** Makes a new key for all who are members now. */
	async rotate() {
		const members = await this.ask.call('members', { token: await this.token() });
		if (!members.ok) throw new Error(members.error.message);
		return rotateKey(this.membership, this.ask, members.value);
	}
	stored = () => vi.waitFor(() => expect(this.state?.status).toBe('stored'), 5_000);
	async token(): Promise<string> {
		const token = await this.ask.call('token', { refresh: this.membership.refresh });
		if (!token.ok) throw new Error(token.error.message);
		return token.value.token;
	}
}

/** From now on all devices take their time to open what is large. */
function openSlowly(): void {
	const decrypt = crypto.subtle.decrypt.bind(crypto.subtle);
	const slow = vi.spyOn(crypto.subtle, 'decrypt').mockImplementation(async (by, key, sealed) => {
		const opened = await decrypt(by, key, sealed);
		if (opened.byteLength > 5_000) await pause(1_000);
		return opened;
	});
	ends.push(() => slow.mockRestore());
}

const who = (name: string) => ({ name, device: 'Chrome on Linux' });

const owner = async () => new Device(await newTeam(relay, 'Mia', 'Chrome on Linux'));

const invited = async (by: Device, role: Role, name: string) =>
	new Device(await joinAs(by, role, name, 'Chrome on Linux'));

test('two devices have the same document, and know when it is stored', async () => {
	const mia = await owner();
	mia.write('a', 'Customers in Vienna');
	await mia.stored();
	const jon = await invited(mia, 'editor', 'Jon');
	await jon.stored();
	expect(jon.read()).toEqual({ a: 'Customers in Vienna' });
	jon.write('b', 2);
	await vi.waitFor(() => expect(mia.read()).toEqual({ a: 'Customers in Vienna', b: 2 }));
	await jon.stored();
});

test('changes made apart are both there afterwards', async () => {
	const mia = await owner();
	const jon = await invited(mia, 'editor', 'Jon');
	await Promise.all([mia.stored(), jon.stored()]);
	jon.cut();
	jon.write('jon', 1);
	mia.write('mia', 1);
	await mia.stored();
	jon.connect();
	const both = { jon: 1, mia: 1 };
	await vi.waitFor(() => expect([mia.read(), jon.read()]).toEqual([both, both]), 5_000);
});

test('a viewer sees, and what it changes goes nowhere; an owner can make it an editor', async () => {
	const mia = await owner();
	const jon = await invited(mia, 'viewer', 'Jon');
	await Promise.all([mia.stored(), jon.stored()]);
	mia.write('mia', 1);
	await vi.waitFor(() => expect(jon.read()).toEqual({ mia: 1 }));
	jon.write('jon', 1);
	await vi.waitFor(() => expect(jon.state).toMatchObject({ status: 'syncing', waiting: 1 }));
	const token = await mia.token();
	await mia.ask.call('setRole', { token, member: jon.membership.member, role: 'editor' });
	await vi.waitFor(() => expect(mia.read()).toEqual({ mia: 1, jon: 1 }), 5_000);
	expect(jon.role).toBe('editor');
});

test('who was removed reads nothing new, and the others go on with a new key', async () => {
	const mia = await owner();
	const [jon, eva] = [await invited(mia, 'editor', 'Jon'), await invited(mia, 'viewer', 'Eva')];
	await Promise.all([mia.stored(), jon.stored(), eva.stored()]);
	const token = await mia.token();
	const gone = await mia.ask.call('removeMember', { token, member: jon.membership.member });
	expect(gone.ok).toBe(true);
	expect(await mia.rotate()).toEqual({ ok: true, value: { left: 0 } });
	await vi.waitFor(() => expect(mia.membership.epoch).toBe(1), 5_000);
	mia.write('secret', 1);
	await vi.waitFor(() => expect(eva.read()).toEqual({ secret: 1 }), 10_000);
	expect(eva.membership.epoch).toBe(1);
	expect(jon.state).toMatchObject({ status: 'refused', reason: 'removed' });
	expect(jon.read()).toEqual({});

	// Those who moved along are known by name again, to those who have the new key.
	expect(await showCard(eva.membership, eva.ask)).toEqual({ ok: true, value: undefined });
	const moved = await mia.ask.call('members', { token: await mia.token() });
	if (!moved.ok) throw new Error(moved.error.message);
	const card = moved.value.find(({ member }) => member === eva.membership.member)!.devices[0]!.card;
	expect(await openCard(mia.membership.key.key, mia.membership, card)).toMatchObject({
		name: 'Eva'
	});
	const late = await invited(mia, 'viewer', 'Late');
	await late.stored();
	expect(late.read()).toEqual({ secret: 1 });
});

test('a card with a key that is none leaves its own device behind, and nobody else', async () => {
	const mia = await owner();
	const [jon, eva] = [await invited(mia, 'viewer', 'Jon'), await invited(mia, 'viewer', 'Eva')];
	await Promise.all([mia.stored(), jon.stored(), eva.stored()]);
	const publicKey = toBase64(new Uint8Array(65).fill(4));
	const card = await sealCard(jon.membership.key.key, jon.membership, {
		...{ name: 'Jon', device: 'Chrome on Linux', publicKey }
	});
	expect((await jon.ask.call('putCard', { token: await jon.token(), card })).ok).toBe(true);
	expect(await mia.rotate()).toEqual({ ok: true, value: { left: 1 } });
	await vi.waitFor(
		() => expect(jon.state).toMatchObject({ status: 'refused', reason: 'keyless' }),
		10_000
	);
	await vi.waitFor(
		() => expect([mia.membership.epoch, eva.membership.epoch]).toEqual([1, 1]),
		10_000
	);
	mia.write('secret', 1);
	await vi.waitFor(() => expect(eva.read()).toEqual({ secret: 1 }), 10_000);
	expect(jon.read()).toEqual({});
});

test('who comes after the key was changed takes along what is in the old room alone', async () => {
	const mia = await owner();
	const jon = await invited(mia, 'editor', 'Jon');
	await Promise.all([mia.stored(), jon.stored()]);
	mia.cut();
	jon.write('jon', 'x'.repeat(10_000));
	await vi.waitFor(() => expect(jon.state?.status).toBe('syncing'));
	await jon.stored();
	// Jon's device is lost, and nobody else has read what the relay took from it.
	jon.close();
	expect(await mia.rotate()).toEqual({ ok: true, value: { left: 0 } });
	expect(mia.read()).toEqual({});
	openSlowly();
	mia.connect();
	await vi.waitFor(() => expect(mia.membership.epoch).toBe(1), 10_000);
	await mia.stored();
	expect(mia.read()).toEqual(jon.read());
});

test('what is being read while the key changes is taken along too', async () => {
	const mia = await owner();
	const jon = await invited(mia, 'editor', 'Jon');
	await Promise.all([mia.stored(), jon.stored()]);
	openSlowly();
	jon.write('jon', 'x'.repeat(10_000));
	await vi.waitFor(() => expect(jon.state?.status).toBe('syncing'));
	await jon.stored();
	jon.close();
	expect(await mia.rotate()).toEqual({ ok: true, value: { left: 0 } });
	await vi.waitFor(() => expect(mia.membership.epoch).toBe(1), 10_000);
	expect(mia.read()).toEqual(jon.read());
});

test('where the new key was never announced, a device that has read all is told so', async () => {
	const mia = await owner();
	await mia.stored();
	await mia.ask.call('rotate', { token: await mia.token(), epoch: 1 });
	await vi.waitFor(() => expect(mia.state?.status).toBe('connecting'), 5_000);
	await vi.waitFor(
		() => expect(mia.state).toMatchObject({ status: 'refused', reason: 'keyless' }),
		10_000
	);
});

test('what others changed and cannot be read here is counted', async () => {
	const mia = await owner();
	const jon = await invited(mia, 'editor', 'Jon');
	await Promise.all([mia.stored(), jon.stored()]);
	const newer = new Relayed(relay, jon.membership);
	ends.push(() => newer.close());
	await newer.synced();
	for (let i = 0; i < 3; i++) newer.push(new Uint8Array(40).fill(i));
	await vi.waitFor(
		() => expect(mia.state).toMatchObject({ status: 'stored', unreadable: 3 }),
		5_000
	);
});

test('who else is here is seen, with the name that only members can read', async () => {
	const mia = await owner();
	const jon = await invited(mia, 'editor', 'Jon');
	jon.be({ segment: 'segment-1' });
	await vi.waitFor(
		() => expect(mia.peers).toMatchObject([{ name: 'Jon', segment: 'segment-1' }]),
		5_000
	);
	expect(mia.peers[0]?.member).toBe(jon.membership.member);
	jon.cut();
	await vi.waitFor(() => expect(mia.peers).toEqual([]), 5_000);
});

test('in a full room an editor keeps what it changes, until an owner has deleted enough', async () => {
	const { url } = await startRelay({ RELAY_MAX_DOC: '200kB' });
	const mia = new Device(await newTeam(url, 'Mia', 'Chrome on Linux'));
	const jon = await invited(mia, 'editor', 'Jon');
	await Promise.all([mia.stored(), jon.stored()]);
	for (let n = 0; n < 5; n++) {
		jon.write(`big ${n}`, 'x'.repeat(60_000));
		await pause(100);
	}
	const full = { status: 'refused', reason: 'full' };
	await vi.waitFor(() => expect(jon.state).toMatchObject(full), 5_000);
	await vi.waitFor(
		() => expect(mia.state).toMatchObject({ status: 'stored', isFull: true }),
		5_000
	);
	const { waiting } = jon.state!;
	jon.write('jon', 1);
	await vi.waitFor(() => expect(jon.state).toMatchObject({ ...full, waiting: waiting + 1 }));

	// A reload, with a change that nobody has yet.
	jon.cut();
	jon.connect();
	await vi.waitFor(() => expect(jon.state).toMatchObject(full), 5_000);
	mia.write('mia', 1);
	await vi.waitFor(() => expect(jon.read()).toMatchObject({ mia: 1 }), 5_000);
	const eva = await invited(mia, 'viewer', 'Eva');
	await eva.stored();
	expect(eva.read()).not.toHaveProperty('jon');

	for (let n = 0; n < 5; n++) mia.doc.getMap('segments').delete(`big ${n}`);
	await vi.waitFor(() => expect(jon.state?.status).toBe('stored'), 30_000);
	await vi.waitFor(() => expect(mia.read()).toEqual({ jon: 1, mia: 1 }), 5_000);
	await vi.waitFor(() => expect(mia.state).toMatchObject({ status: 'stored', isFull: false }));
}, 60_000);

test('a relay that does not know the workspace is said to be that, and the right one is gone on with', async () => {
	const env = { RELAY_PORT: String(await freePort()) };
	const right = await startRelay(env);
	const mia = new Device(await newTeam(right.url, 'Mia', 'Chrome on Linux'));
	mia.write('before', 1);
	await mia.stored();
	await right.kill();

	const other = await startRelay(env);
	const unknown = { status: 'refused', reason: 'unknown' };
	await vi.waitFor(() => expect(mia.state).toMatchObject(unknown), 30_000);
	mia.write('meanwhile', 1);
	await vi.waitFor(() => expect(mia.state).toMatchObject({ ...unknown, waiting: 1 }));
	await other.kill();
	await startRelay({ ...env, RELAY_FOLDER: right.folder });
	await vi.waitFor(() => expect(mia.state?.status).toBe('stored'), 30_000);

	const late = await invited(mia, 'viewer', 'Late');
	await late.stored();
	expect(late.read()).toEqual({ before: 1, meanwhile: 1 });
}, 120_000);

test('a relay that was put back to before the key changed is said to be that', async () => {
	const env = { RELAY_PORT: String(await freePort()) };
	const first = await startRelay(env);
	const mia = new Device(await newTeam(first.url, 'Mia', 'Chrome on Linux'));
	await mia.stored();
	expect(await first.stop()).toBe(0);
	const backup = mkdtempSync(join(tmpdir(), 'winnow-backup-'));
	ends.push(() => rmSync(backup, { recursive: true }));
	cpSync(first.folder, backup, { recursive: true });

	const second = await startRelay({ ...env, RELAY_FOLDER: first.folder });
	await vi.waitFor(() => expect(mia.state?.status).toBe('stored'), 30_000);
	expect(await mia.rotate()).toEqual({ ok: true, value: { left: 0 } });
	await vi.waitFor(() => expect(mia.membership.epoch).toBe(1), 30_000);
	await mia.stored();
	await second.kill();
	await startRelay({ ...env, RELAY_FOLDER: backup });
	await vi.waitFor(
		() => expect(mia.state).toMatchObject({ status: 'refused', reason: 'unknown' }),
		30_000
	);
}, 120_000);

test('an address where nothing answers is said to be that', async () => {
	expect(await createTeam('ws://127.0.0.1:9', who('Mia'))).toMatchObject({
		ok: false,
		error: { type: 'unreachable' }
	});
});
