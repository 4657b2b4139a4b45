import { once } from 'node:events';
import { Client } from 'pg';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Extension } from '@hocuspocus/server';
import { noPostgres, startPostgres } from '../../fixtures/postgres-server';
import { endRelays, startRelay } from '../../fixtures/relay';
import { createWorkspace, Device, tokenOf, until } from '../../fixtures/relay-device';
import { Metrics } from '../../../src/relay/metrics';
import { Refusal, safe } from '../../../src/relay/safe';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

afterAll(endRelays);

describe('a hook that throws', () => {
	beforeEach(() => void vi.spyOn(process.stderr, 'write').mockReturnValue(true));

	const thrown = [new Error('broken'), null, 'words', undefined];
	const extension = (error: unknown): Extension => ({
		onChange: () => Promise.reject(error),
		beforeSync: () => Promise.reject(error)
	});

	test('is noted where the library does not look, and goes no further', async () => {
		for (const error of thrown) {
			const metrics = new Metrics();
			const { onChange } = safe(extension(error), metrics);
			await expect(onChange!({} as never)).resolves.toBe(undefined);
			expect(metrics.text()).toContain('hook_failures_total 1');
		}
	});

	test('elsewhere refuses with something the library can read', async () => {
		for (const error of thrown) {
			const { beforeSync } = safe(extension(error), new Metrics());
			await expect(beforeSync!({} as never)).rejects.toBeInstanceOf(Refusal);
		}
	});

	test.skipIf(noPostgres)(
		`does not take the relay with it, and devices come back${noPostgres ? ` (${noPostgres})` : ''}`,
		async () => {
			const server = await startPostgres();
			const relay = await startRelay({ RELAY_PG_URL: server.url });
			const owner = await createWorkspace(relay.url);
			const database = new Client({ connectionString: server.url });
			await database.connect();
			await database.query('set search_path to winnow_relay');
			const token = await tokenOf(relay.url, owner);
			// What looks at members throws, then what opens a room.
			for (const [hook, table] of [
				['onAuthenticate', 'member'],
				['onLoadDocument', 'doc_snapshot']
			] as const) {
				await database.query(`alter table ${table} rename to elsewhere`);
				const devices = [1, 2].map(() => new Device(relay.url, owner, { token }));
				await until(() => relay.lines().some((line) => line.hook === hook));
				await database.query(`alter table elsewhere rename to ${table}`);
				for (const device of devices) {
					await device.synced();
					device.push('fine');
					await device.allStored();
					device.close();
				}
			}
			expect(relay.process.exitCode).toBe(null);
			await database.end();
			await relay.stop();
			await server.stop();
		}
	);
});

test('one folder is one relay’s', async () => {
	const relay = await startRelay();
	await expect(startRelay({ RELAY_FOLDER: relay.folder })).rejects.toThrow(/Another relay/);
	await relay.stop();
});

test('it ends with the process that started it, though nobody reads what it says any more', async () => {
	const relay = await startRelay();
	const gone = once(relay.process, 'exit');
	relay.process.stderr!.destroy();
	relay.process.disconnect();
	expect(await gone).toEqual([0, null]);
});

test('a relay that others can reach says what it lacks, and does not start', async () => {
	await expect(startRelay({ RELAY_HOST: '0.0.0.0' })).rejects.toThrow(/RELAY_ORIGINS/);
	await expect(
		startRelay({ RELAY_REDIS_URL: 'redis://x', RELAY_MAX_DOC: 'much', RELAY_CREATE: 'maybe' })
	).rejects.toThrow(/RELAY_PG_URL[\s\S]*RELAY_CREATE[\s\S]*RELAY_MAX_DOC/);
});

test('what it writes down has nothing of what people wrote, nor a token', async () => {
	const relay = await startRelay();
	const owner = await createWorkspace(relay.url);
	const device = new Device(relay.url, owner);
	await device.synced();
	device.push('something private');
	await device.allStored();
	device.close();
	await relay.stop();
	const said = JSON.stringify(relay.lines());
	expect(relay.lines().map(({ event }) => event)).toContain('started');
	for (const secret of ['private', owner.refresh, 'c2VhbGVk', 'eyJ'])
		expect(said).not.toContain(secret);
});
