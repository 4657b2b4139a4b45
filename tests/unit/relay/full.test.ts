import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { endRelays, startRelay, type RelayProcess } from '../../fixtures/relay';
import { createWorkspace, Device, join, until, type Joined } from '../../fixtures/relay-device';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const limit = 200_000;
const devices: Device[] = [];

afterEach(() => {
	for (const device of devices.splice(0)) device.close();
});
afterAll(endRelays);

async function open(relay: RelayProcess, joined: Joined): Promise<Device> {
	const device = new Device(relay.url, joined);
	devices.push(device);
	await device.synced();
	return device;
}

const told = ({ messages }: Device, type: string) => messages.filter((said) => said.type === type);

/** More than the relay keeps of one room, so much that it looks. */
function fill(device: Device): void {
	for (let n = 0; n < 6; n++) device.push('x'.repeat(60_000));
}

test('a full room is said to be that to all who are there and who come; an owner makes it smaller, and then it is open again', async () => {
	const relay = await startRelay({ RELAY_MAX_DOC: String(limit) });
	const owner = await createWorkspace(relay.url);
	const editor = await join(relay.url, owner, 'editor');
	const [writes, owns] = [await open(relay, editor), await open(relay, owner)];
	fill(writes);
	await until(() => told(writes, 'full').length > 0 && told(owns, 'full').length > 0);
	expect(told(owns, 'full')).toEqual([{ type: 'full', bytes: expect.any(Number), limit }]);

	writes.push('not taken yet');
	const late = await open(relay, editor);
	await until(() => told(late, 'full').length > 0);
	owns.push('taken');
	await owns.allStored();
	await until(() => late.texts().includes('taken'));
	expect(late.texts()).not.toContain('not taken yet');
	expect(told(late, 'fits')).toEqual([]);

	owns.log.delete(0, 4);
	await until(() => [writes, owns, late].every((device) => told(device, 'fits').length === 1));
	writes.provider.forceSync();
	await writes.allStored();
	late.push('taken again');
	await until(() => owns.texts().includes('not taken yet'));
	await until(() => owns.texts().includes('taken again'));
});

test('a relay that starts with a full room knows that it is', async () => {
	const env = { RELAY_MAX_DOC: String(limit) };
	const relay = await startRelay(env);
	const owner = await createWorkspace(relay.url);
	const editor = await join(relay.url, owner, 'editor');
	const writes = await open(relay, editor);
	fill(writes);
	await until(() => told(writes, 'full').length > 0);
	await relay.kill();

	const again = await startRelay({ ...env, RELAY_FOLDER: relay.folder });
	const late = await open(again, editor);
	await until(() => told(late, 'full').length > 0);
	await again.kill();

	const larger = await startRelay({ RELAY_FOLDER: relay.folder });
	const last = await open(larger, editor);
	last.push('taken');
	await last.allStored();
	expect(told(last, 'full')).toEqual([]);
});
