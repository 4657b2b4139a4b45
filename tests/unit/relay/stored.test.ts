import { afterAll, expect, test, vi } from 'vitest';
import { endRelays, startRelay } from '../../fixtures/relay';
import { createWorkspace, Device, join, until } from '../../fixtures/relay-device';
import { noPostgres, startPostgres } from '../../fixtures/postgres-server';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

afterAll(endRelays);

test('what was told to be stored is there after kill -9: 1,000 edits, in a folder', async () => {
	await loseNothing({});
});

test.skipIf(noPostgres)(
	`what was told to be stored is there after kill -9: 1,000 edits, on Postgres${noPostgres ? ` (${noPostgres})` : ''}`,
	async () => {
		const server = await startPostgres();
		await loseNothing({ RELAY_PG_URL: server.url });
		await endRelays();
		await server.stop();
	}
);

test('killed in the middle of a burst it has at least what it told', async () => {
	const relay = await startRelay();
	const owner = await createWorkspace(relay.url);
	const device = new Device(relay.url, owner);
	await device.synced();
	for (let n = 0; n < 300; n++) device.push(String(n));
	await until(() => device.stored > 0);
	await relay.kill();
	device.close();
	const again = await startRelay({ RELAY_FOLDER: relay.folder });
	const reader = new Device(again.url, owner);
	await until(() => reader.log.length >= device.stored);
	expect(reader.texts().slice(0, device.stored)).toEqual(
		Array.from({ length: device.stored }, (_, n) => String(n))
	);
	reader.close();
});

/** Five devices make 200 edits each; the relay is killed the moment the last one is told to be stored. */
async function loseNothing(env: Record<string, string>): Promise<void> {
	const relay = await startRelay(env);
	const owner = await createWorkspace(relay.url);
	const members = await Promise.all(
		Array.from({ length: 4 }, () => join(relay.url, owner, 'editor'))
	);
	const devices = [owner, ...members].map((member) => new Device(relay.url, member));
	await Promise.all(devices.map((device) => device.synced()));
	for (const [i, device] of devices.entries())
		for (let n = 0; n < 200; n++) device.push(`${i}/${n}`);
	await Promise.all(devices.map((device) => device.allStored()));
	await relay.kill();
	for (const device of devices) device.close();

	const again = await startRelay({ ...env, RELAY_FOLDER: relay.folder });
	const reader = new Device(again.url, owner);
	await reader.synced();
	await until(() => reader.log.length >= 1000);
	const expected = devices.flatMap((_, i) => Array.from({ length: 200 }, (_, n) => `${i}/${n}`));
	expect(reader.texts().sort()).toEqual(expected.sort());
	reader.close();
	expect(await again.stop()).toBe(0);
}
