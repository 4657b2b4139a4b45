import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Client } from 'pg';
import { noPostgres, startPostgres, type PostgresServer } from '../../fixtures/postgres-server';
import { noRedis, startRedis, type RedisServer } from '../../fixtures/redis-server';
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

const missing = noRedis ?? noPostgres;

describe.skipIf(missing)(`two relays${missing ? ` (${missing})` : ''}`, () => {
	let postgres: PostgresServer;
	let redis: RedisServer;
	let env: Record<string, string>;
	const devices: Device[] = [];

	beforeAll(async () => {
		[postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
		env = { RELAY_PG_URL: postgres.url, RELAY_REDIS_URL: redis.url };
	});
	afterEach(async () => {
		for (const device of devices.splice(0)) device.close();
		await endRelays();
	});
	afterAll(async () => {
		await postgres.stop();
		await redis.stop();
	});

	const two = () => Promise.all([startRelay(env), startRelay(env)]);

	async function open(relay: RelayProcess, joined: Joined): Promise<Device> {
		const device = new Device(relay.url, joined);
		devices.push(device);
		await device.synced();
		return device;
	}

	/** What a relay that was not there before finds in the log. */
	async function logged(joined: Joined): Promise<string[]> {
		const relay = await startRelay({ RELAY_PG_URL: postgres.url });
		const device = await open(relay, joined);
		return device.texts();
	}

	test('an edit on one is seen on the other', async () => {
		const [a, b] = await two();
		const owner = await createWorkspace(a.url);
		const [left, right] = [await open(a, owner), await open(b, owner)];
		for (let n = 0; n < 100; n++) (n % 2 ? left : right).push(String(n));
		await until(() => left.log.length === 100 && right.log.length === 100);
		expect(left.texts()).toEqual(right.texts());
		await Promise.all([left.allStored(), right.allStored()]);
	});

	test('a new epoch that begins on one is told on the other', async () => {
		const [a, b] = await two();
		const owner = await createWorkspace(a.url);
		const [left, right] = [await open(a, owner), await open(b, owner)];
		const asker = await Asker.open(a.url);
		await asker.call('rotate', { token: await tokenOf(a.url, owner), epoch: 1 });
		asker.close();
		const rotated = ({ messages }: Device) => messages.filter(({ type }) => type === 'rotated');
		await until(() => [left, right].every((device) => rotated(device).length > 0));
		for (const device of [left, right])
			expect(rotated(device)).toEqual([{ type: 'rotated', epoch: 1 }]);
	});

	test('a room that becomes full on one is full on the other, and open again there too', async () => {
		const limited = { ...env, RELAY_MAX_DOC: '200000' };
		const [a, b] = await Promise.all([startRelay(limited), startRelay(limited)]);
		const owner = await createWorkspace(a.url);
		const editor = await join(a.url, owner, 'editor');
		const [left, right] = [await open(a, owner), await open(b, editor)];
		for (let n = 0; n < 6; n++) left.push('x'.repeat(60_000));
		const told = (type: string) =>
			[left, right].every(({ messages }) => messages.some((said) => said.type === type));
		await until(() => told('full'));
		right.push('not taken yet');
		left.log.delete(0, 4);
		await until(() => told('fits'));
		right.provider.forceSync();
		await right.allStored();
		await until(() => left.texts().includes('not taken yet'));
	});

	test('when one is killed, the other has what it stored, though nobody edits and its device is gone', async () => {
		const [a, b] = await two();
		const owner = await createWorkspace(a.url);
		const [left, right] = [await open(a, owner), await open(b, owner)];
		// What is stored while Redis is away cannot have been told by it.
		await redis.stop();
		for (let n = 0; n < 100; n++) left.push(String(n));
		await left.allStored();
		await a.kill();
		left.close();
		await redis.start();
		await until(() => right.log.length === 100);
		expect(await logged(owner)).toHaveLength(100);
	});

	test('nothing stored is lost when one is killed while the database takes 600 ms a time', async () => {
		const [a, b] = await two();
		const owner = await createWorkspace(a.url);
		const [left, right] = [await open(a, owner), await open(b, owner)];
		const client = new Client({ connectionString: postgres.url });
		await client.connect();
		await client.query(`
			set search_path to winnow_relay;
			create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.6); return null; end $$;
			create trigger slow before insert on doc_update for each statement execute function slow()`);
		left.push('first');
		await left.allStored();
		for (let n = 0; n < 50; n++) {
			left.push(`left ${n}`);
			right.push(`right ${n}`);
		}
		await until(() => left.log.length === 101);
		const stored = left
			.texts()
			.filter((text) => text.startsWith('left'))
			.slice(0, left.stored - 1);
		await a.kill();
		left.moveTo(b.url);
		await until(() => right.log.length === 101);
		await Promise.all([left.allStored(), right.allStored()]);
		await client.query(
			'drop trigger slow on winnow_relay.doc_update; drop function winnow_relay.slow'
		);
		await client.end();
		const found = await logged(owner);
		expect(found).toHaveLength(101);
		for (const text of stored) expect(found).toContain(text);
	});

	test('while Redis is away rooms open and meet by the log; health says so', async () => {
		const [a, b] = await two();
		const owner = await createWorkspace(a.url);
		const other = await createWorkspace(b.url);
		const [left, right] = [await open(a, owner), await open(b, owner)];
		await redis.stop();
		await until(async () => (await a.health()).body.redis === 'away');
		expect(await a.health()).toMatchObject({ status: 200, body: { status: 'degraded' } });
		left.push('left');
		right.push('right');
		const [opened, elsewhere] = [await open(a, other), await open(b, other)];
		opened.push('opened');
		await Promise.all([left.allStored(), right.allStored(), opened.allStored()]);
		await redis.start();
		await until(async () => (await a.health()).body.status === 'ok');
		await until(() => left.log.length === 2 && right.log.length === 2);
		await until(() => elsewhere.log.length === 1);
		expect(left.texts()).toEqual(right.texts());
	});

	test('when Postgres stops in a burst nothing is told to be stored that is not, and all is in the end', async () => {
		const [a, b] = await two();
		const owner = await createWorkspace(a.url);
		const [left, right] = [await open(a, owner), await open(b, owner)];
		for (let n = 0; n < 100; n++) left.push(`left ${n}`);
		await until(() => left.stored > 0);
		await postgres.crash();
		for (let n = 0; n < 100; n++) right.push(`right ${n}`);
		await until(async () => (await b.health()).status === 503);
		expect(right.stored).toBe(0);
		await until(() => left.log.length === 200 && right.log.length === 200);
		await postgres.restart();
		await Promise.all([left.allStored(), right.allStored()]);
		await until(async () => (await b.health()).body.status === 'ok');
		expect(await logged(owner)).toHaveLength(200);
	});

	test('relays that are replaced one after the other lose nothing, and end in order', async () => {
		const [a, b] = await two();
		const owner = await createWorkspace(a.url);
		const all = await Promise.all(Array.from({ length: 10 }, (_, i) => open(i % 2 ? a : b, owner)));
		const pushAll = (round: number) => all.forEach((device, i) => device.push(`${round}/${i}`));
		pushAll(1);
		const [c, stopped] = [await startRelay(env), a.stop()];
		all.forEach((device) => device.moveTo(c.url));
		pushAll(2);
		expect(await stopped).toBe(0);
		pushAll(3);
		expect(await b.stop()).toBe(0);
		await Promise.all(all.map((device) => device.allStored()));
		await until(() => all.every((device) => device.log.length === 30));
		expect(await logged(owner)).toHaveLength(30);
	});
});
