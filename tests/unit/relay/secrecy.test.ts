import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rootId } from '$lib/rules/rule';
import { rawKey } from '$lib/sync/workspace-key';
import { openInMemory } from '$lib/workspace/open.svelte';
import { noPostgres, startPostgres } from '../../fixtures/postgres-server';
import { endRelays, startRelay, type RelayProcess } from '../../fixtures/relay';
import { BrowserLikeSocket, Device, until } from '../../fixtures/relay-device';
import { joinAs, newTeam, TeamDevice } from '../../fixtures/team-device';
import { filesIn, isIn, memoryOf } from '../../fixtures/traces';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const secrets = {
	'a segment’s name': 'Customers in Vienna Quellenstrasse',
	'its description': 'Those who bought a violoncello',
	'an address in a rule': 'ada.quokka@example.org',
	'a value in a rule': 'Klosterneuburg',
	'a note on a rule': 'Ask Magdalena before sending',
	'a tag': 'Gold wombat circle',
	'a field': 'Favourite marsupial',
	'a member’s name': 'Mia Kellerhals-Obermoser',
	'another’s name': 'Jon Quokkason',
	'a device’s name': 'Mia’s old telephone',
	'where somebody is': 'place-of-jon-here'
};

let snapshots: string;
beforeAll(() => {
	vi.stubGlobal('WebSocket', BrowserLikeSocket);
	snapshots = mkdtempSync(join(tmpdir(), 'winnow-heap-'));
});
afterAll(async () => {
	await endRelays();
	rmSync(snapshots, { recursive: true, force: true });
});

/** Everything a team does that has words in it: an owner's and an editor's device, of whom both end up with all of it. */
async function work(relay: string) {
	const mia = new TeamDevice(
		await newTeam(relay, secrets['a member’s name'], secrets['a device’s name']),
		writtenWorkspace()
	);
	mia.connect();
	await until(() => mia.isStored);
	const jon = new TeamDevice(await joinAs(mia, 'editor', secrets['another’s name'], 'Firefox'));
	jon.connect();
	jon.be({ segment: secrets['where somebody is'] });
	await until(() => mia.peers[0]?.segment === secrets['where somebody is']);
	await until(() => jon.doc.getMap('segments').size === mia.doc.getMap('segments').size);
	jon.doc.getMap('tags').set('later/name', 'wombat in the afternoon');
	await until(() => mia.doc.getMap('tags').get('later/name'));
	await until(() => jon.isStored);
	// As the relay has it: what it was sent is looked through too.
	const reader = new Device(relay, mia.membership);
	await reader.synced();
	const sealed = reader.log.get(0).slice(14, 46);
	reader.close();
	return { mia, jon, sealed, key: await rawKey(mia.membership.key) };
}

function writtenWorkspace() {
	const workspace = openInMemory({ by: 'mia' });
	const made = workspace.createSegment(secrets['a segment’s name']);
	if (!made.ok) throw new Error('It is not made.');
	const segment = made.value;
	workspace.describeSegment(segment, secrets['its description']);
	for (const value of [secrets['an address in a rule'], secrets['a value in a rule']]) {
		const condition = { kind: 'field', field: 'city', of: 'text', test: { operator: 'is', value } };
		const added = workspace.addCondition(segment, condition, { parent: rootId });
		if (added.ok) workspace.setNote(segment, added.value, secrets['a note on a rule']);
	}
	workspace.createTag(secrets['a tag']);
	workspace.putField({ id: 'own', name: secrets['a field'], type: 'text' });
	workspace.saveSegment(segment);
	return workspace.doc;
}

/** What V8 holds in a process, in its own words. */
async function heapOf({ process: child }: RelayProcess): Promise<Buffer[]> {
	child.kill('SIGUSR2');
	await until(() => readdirSync(snapshots).length > 0);
	let size = -1;
	await until(async () => {
		const before = size;
		size = Buffer.concat(await filesIn(snapshots)).length;
		await new Promise((again) => setTimeout(again, 100));
		return size > 0 && size === before;
	}, 'the snapshot is written');
	return filesIn(snapshots);
}

function expectNoSecret(place: readonly Buffer[], where: string, key: Uint8Array): void {
	const found = Object.entries({ ...secrets, 'the key': key }).filter(([, secret]) =>
		isIn(place, secret)
	);
	expect(found.map(([what]) => `${what} ${where}`)).toEqual([]);
}

test('a relay has no name, no rule and no key in its memory or in its folder', async () => {
	const relay = await startRelay({
		NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${snapshots}`
	});
	const { mia, jon, sealed, key } = await work(relay.url);
	const { workspace } = mia.membership;

	const heap = await heapOf(relay);
	expect(isIn(heap, workspace)).toBe(true);
	expectNoSecret(heap, 'on its heap', key);

	const memory = memoryOf(relay.process.pid!);
	console.log(
		'MEM',
		memory?.reduce((n, b) => n + b.length, 0)
	);
	if (memory) {
		for (const known of [workspace, sealed]) expect(isIn(memory, known)).toBe(true);
		expectNoSecret(memory, 'in its memory', key);
	}
	const open = await filesIn(relay.folder);
	expectNoSecret(open, 'in its folder', key);
	for (const device of [mia, jon]) device.close();
	expect(await relay.stop()).toBe(0);
	const closed = await filesIn(relay.folder);
	for (const known of [workspace, sealed]) expect(isIn(closed, known)).toBe(true);
	expectNoSecret(closed, 'in its folder after a checkpoint', key);
});

test.skipIf(noPostgres)(`nor has its Postgres${noPostgres ? ` (${noPostgres})` : ''}`, async () => {
	const server = await startPostgres();
	const relay = await startRelay({ RELAY_PG_URL: server.url });
	const { mia, jon, key } = await work(relay.url);
	const client = new Client(server.url);
	await client.connect();
	await client.query('checkpoint');
	await client.end();
	const files = await filesIn(server.folder);
	expect(isIn(files, mia.membership.workspace)).toBe(true);
	expectNoSecret(files, 'in its files', key);
	for (const device of [mia, jon]) device.close();
	await relay.stop();
	await server.stop();
});

test('what is looked for would be found, however it is written', () => {
	const secret = secrets['a value in a rule'];
	const hidden = [
		`…${secret}…`,
		Buffer.from(secret, 'utf16le'),
		Buffer.from(`x${secret}y`).toString('hex'),
		...['', 'a', 'ab'].map((before) => Buffer.from(`${before}${secret}!`).toString('base64'))
	];
	for (const text of hidden) expect(isIn([Buffer.from(text as string)], secret)).toBe(true);
	expect(isIn([Buffer.from('Klosterneubur')], secret)).toBe(false);
});
