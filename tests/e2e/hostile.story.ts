import assert from 'node:assert/strict';
import * as Y from 'yjs';
import { toBase64 } from '../../src/lib/sync/base64';
import { invitationIn } from '../../src/lib/sync/invitation';
import { joinTeam } from '../../src/lib/sync/join';
import type { Membership } from '../../src/lib/sync/kept';
import { seal } from '../../src/lib/sync/sealed';
import { createSegment } from '../../src/lib/workspace/edit-segment';
import { startRelay } from '../fixtures/relay';
import { BrowserLikeSocket, Device, until } from '../fixtures/relay-device';
import { TeamDevice } from '../fixtures/team-device';
import { edit } from '../fixtures/workspace/devices';
import { story } from './harness';
import { invitation, newSegment, share } from './teaming';

globalThis.WebSocket ??= BrowserLikeSocket as unknown as typeof globalThis.WebSocket;

async function member(link: string, name: string): Promise<Membership> {
	const invited = invitationIn(link);
	assert(invited.ok);
	const joined = await joinTeam(invited.value, { name, device: 'Test' });
	assert(joined.ok);
	return joined.value;
}

function updateWith(write: (doc: Y.Doc) => void): Uint8Array {
	const doc = new Y.Doc();
	write(doc);
	return Y.encodeStateAsUpdate(doc);
}

/** Arrays in each other, as many as Yjs itself still writes. */
function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let i = 0; i < depth; i++) value = [value];
	return value;
}

/** What a member could send who means ill. */
function attacks(): Uint8Array[] {
	const real = updateWith((doc) => {
		edit(doc, (e) => createSegment(e, 'evil', 'Evil', undefined, () => 'unused'));
	});
	const altered = Array.from({ length: 300 }, (_, i) => {
		const bytes = real.slice();
		bytes[(i * 7) % bytes.length] = (i * 31) % 256;
		return bytes;
	});
	const unsafe = Object.defineProperty({}, '__proto__', { value: { a: 1 }, enumerable: true });
	return [
		...altered,
		new Uint8Array(1_000).fill(255),
		updateWith((doc) => void doc.getMap('tags').set('deep/name', nested(1_500))),
		updateWith((doc) => void doc.getMap('segments').set('type/new', new Y.Map())),
		updateWith((doc) => {
			for (const root of ['segments', 'nodes', 'tags', 'lists', 'fields', 'eventTypes', 'settings'])
				for (const name of ['__proto__', 'constructor', 'toString'])
					for (const part of ['', '/new', '/name', '/def', '/x/b'])
						doc.getMap(root).set(name + part, unsafe);
		})
	];
}

story(
	'a member who means ill sends what reads as nothing, and the page goes on',
	async ({ page, url, afterwards }) => {
		const relay = await startRelay();
		afterwards(relay.end);
		await newSegment(page, url, 'Customers in Vienna');
		await share(page, url, relay.url);
		const friend = new TeamDevice(await member(await invitation(page, 'Editor'), 'Jon'));
		friend.connect();
		await until(() => friend.isStored);

		const ill = await member(await invitation(page, 'Editor'), 'Evil');
		const device = new Device(relay.url, ill);
		await device.synced();
		device.push(new Uint8Array(500).fill(3));
		for (const update of attacks()) device.push(await seal(ill.key.key, ill, 'update', update));
		const presence = async (text: string) => ({
			e: toBase64(await seal(ill.key.key, ill, 'presence', new TextEncoder().encode(text))),
			user: friend.membership.member
		});
		for (const text of ['', '{}', '[[[', `{"name":"${'x'.repeat(9_000)}"}`])
			device.provider.awareness!.setLocalState(await presence(text));
		device.provider.awareness!.setLocalState({ e: '<img src=x onerror=alert(1)>' });
		device.provider.awareness!.setLocalState(await presence('{"name":"<b>Mia</b>"}'));
		await device.allStored();

		// Sent after all that, and told to the page after all that.
		edit(friend.doc, (e) => createSegment(e, 'good', 'Made by Jon', undefined, () => 'unused'));
		await page.goto(`${url}#/segments`);
		await page.getByRole('link', { name: 'Made by Jon' }).waitFor({ timeout: 30_000 });
		await page.getByRole('link', { name: 'Customers in Vienna' }).waitFor();
		await newSegment(page, url, 'Made by Mia');
		const names = () => [...friend.doc.getMap('segments').values()];
		await until(() => names().includes('Made by Mia'));
		await page.reload();
		// Until it is there, nobody listens to the address.
		await page.getByRole('heading', { level: 1, name: 'Made by Mia' }).waitFor();
		await page.goto(`${url}#/segments`);
		for (const name of ['Made by Mia', 'Made by Jon', 'Customers in Vienna'])
			await page.getByRole('link', { name }).waitFor();
		assert.equal(friend.doc.getMap('tags').has('deep/name'), false);

		device.close();
		friend.close();
	},
	{ patience: 120_000 }
);
