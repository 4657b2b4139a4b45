import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { rowOf } from '$lib/contacts/contact';
import { putContacts } from '$lib/contacts/queries';
import { createApi, type EngineApi } from '$lib/engine/api';
import { standardFields } from '$lib/fields/field';
import { sql } from '$lib/sql';
import { SuppressionExchange } from '$lib/suppressions/exchange.svelte';
import { putSuppressionKey, readSuppressionKeys } from '$lib/workspace/suppressions';
import { registersOf } from '$lib/workspace/registers';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';
import { send } from '../../fixtures/workspace/devices';

const fields = new Map(standardFields.map((field) => [field.id, field]));
let writes = 0;

/** A device: its contacts, and its copy of the team's document. */
class Device {
	readonly database: TestDatabase;
	readonly workspace: Workspace;
	readonly asked: string[] = [];
	readonly #exchange: SuppressionExchange;

	constructor(database: TestDatabase, name: string) {
		this.database = database;
		this.workspace = new Workspace(new Y.Doc(), { by: name });
		const api = createApi(database, () => {});
		const ask = async (method: keyof EngineApi, ...args: never[]) => {
			this.asked.push(method);
			return structuredClone(await (api[method] as (...args: never[]) => unknown)(...args));
		};
		this.#exchange = new SuppressionExchange({ workspace: this.workspace, ask: ask as never });
	}

	exchange = () => this.#exchange.run();

	async knows(...emails: readonly (string | undefined)[]): Promise<void> {
		const [row] = await this.database.rows<{ n: number }>(
			sql`select coalesce(max(cno) + 1, 0)::int as n from contact`
		);
		const rows = emails.map((email, i) =>
			rowOf(
				{
					...{ cno: row!.n + i, uid: `u${row!.n + i}`, externalId: undefined },
					values: {
						...(email !== undefined && { email }),
						...{ created_at: '2026-01-01T00:00:00.000Z', updated_at: '2026-01-01T00:00:00.000Z' }
					},
					archivedAt: undefined
				},
				fields
			)
		);
		await this.database.write(`knows ${writes++}`, (tx) => putContacts(tx, rows));
	}

	async suppresses(address: string, reason = 'manual', channel = 'email'): Promise<void> {
		await this.database.write(`suppresses ${writes++}`, async (tx) => {
			await tx.run(
				sql`insert into suppression values (${channel}, ${address}, ${reason}, '2026-03-01T00:00:00Z')`
			);
		});
	}

	async suppressed(): Promise<string[]> {
		const rows = await this.database.rows<{ one: string }>(sql`
			select address || ' ' || reason || ' ' || to_char(at at time zone 'utc', 'YYYY-MM-DD') as one
			from suppression where channel = 'email' order by 1`);
		return rows.map(({ one }) => one);
	}

	get told(): string[] {
		return Object.keys(this.workspace.doc.getMap('suppressions').toJSON()).sort();
	}

	get keys() {
		return readSuppressionKeys(registersOf(this.workspace.doc));
	}
}

let databases: readonly [TestDatabase, TestDatabase];
let ada: Device;
let bea: Device;

beforeAll(async () => {
	databases = [await openTestDatabase(), await openTestDatabase()];
}, 60_000);
afterAll(async () => {
	for (const database of databases) await database.close();
});
beforeEach(() => {
	ada = new Device(databases[0], 'ada');
	bea = new Device(databases[1], 'bea');
});
afterEach(async () => {
	for (const database of databases)
		for (const table of [
			sql`contact`,
			sql`suppression`,
			sql`suppression_hash`,
			sql`suppression_look`
		])
			await database.run(sql`delete from ${table}`);
});

const meet = () => (
	send(ada.workspace.doc, bea.workspace.doc),
	send(bea.workspace.doc, ada.workspace.doc)
);

test('whom one device must not write to, another does not, and it is told no address', async () => {
	await ada.suppresses('zoë@example.org');
	await ada.suppresses('zoë@example.org', 'complaint');
	await ada.suppresses('nobody.of.beas@example.org', 'hardBounce');
	await bea.knows('Zoë@Example.org', 'max@example.org', undefined);
	await ada.exchange();
	meet();
	await bea.exchange();
	expect(await bea.suppressed()).toEqual([
		'zoë@example.org complaint 2026-03-01',
		'zoë@example.org manual 2026-03-01'
	]);

	const raw = Buffer.from(ada.keys[0]!, 'base64url');
	const hash = createHmac('sha256', raw).update('zoë@example.org').digest().subarray(0, 16);
	expect(ada.told).toHaveLength(3);
	expect(ada.told).toContain(`${hash.toString('base64url')}/manual`);
	const text = Buffer.from(Y.encodeStateAsUpdate(ada.workspace.doc)).toString('latin1');
	expect(text).not.toContain('example');

	// What came from there is not told again.
	meet();
	await ada.exchange();
	expect(ada.told).toEqual(bea.told);
	expect(ada.told).toHaveLength(3);
});

test('contacts who come later, or get another address, are compared then', async () => {
	await ada.suppresses('later@example.org');
	await ada.suppresses('moved@example.org');
	await ada.exchange();
	meet();
	await bea.knows('max@example.org');
	await bea.exchange();
	expect(await bea.suppressed()).toEqual([]);
	await bea.knows('later@example.org');
	await bea.exchange();
	expect(await bea.suppressed()).toEqual(['later@example.org manual 2026-03-01']);
	await bea.database.write(`moves ${writes++}`, async (tx) => {
		await tx.run(
			sql`update contact set email = 'Moved@example.org', email_key = 'moved@example.org' where cno = 0`
		);
	});
	await bea.exchange();
	expect(await bea.suppressed()).toHaveLength(2);

	// By an import, which notes nobody.
	await ada.suppresses('imported@example.org');
	await ada.exchange();
	meet();
	await bea.exchange();
	await bea.database.bulk((tx) =>
		tx.run(
			sql`insert into contact(cno, uid, email, email_key) values (7, 'u7', 'i', 'imported@example.org')`
		)
	);
	await bea.exchange();
	expect(await bea.suppressed()).toHaveLength(3);
});

test('two devices that made a key at once agree on the smaller, and nothing is lost', async () => {
	await ada.suppresses('of.ada@example.org');
	await bea.suppresses('of.bea@example.org');
	await ada.knows('of.bea@example.org');
	await bea.knows('of.ada@example.org');
	await ada.exchange();
	await bea.exchange();
	expect(ada.keys[0]).not.toBe(bea.keys[0]);
	const smaller = [ada.keys[0]!, bea.keys[0]!].sort()[0];
	meet();
	expect([ada.keys[0], bea.keys[0]]).toEqual([smaller, smaller]);
	await ada.exchange();
	await bea.exchange();
	meet();
	await ada.exchange();
	await bea.exchange();
	for (const device of [ada, bea])
		expect(await device.suppressed()).toEqual([
			'of.ada@example.org manual 2026-03-01',
			'of.bea@example.org manual 2026-03-01'
		]);
	// What was hashed with the other key was hashed again: both addresses are there under the one that won.
	const raw = Buffer.from(smaller!, 'base64url');
	for (const address of ['of.ada@example.org', 'of.bea@example.org']) {
		const hash = createHmac('sha256', raw).update(address).digest().subarray(0, 16);
		expect(ada.told).toContain(`${hash.toString('base64url')}/manual`);
	}
});

test('a viewer is protected too, and tells nothing', async () => {
	await ada.suppresses('zoe@example.org');
	await bea.suppresses('own@example.org');
	await bea.knows('zoe@example.org');
	bea.workspace.setViewer(true);
	await ada.exchange();
	meet();
	await bea.exchange();
	expect(await bea.suppressed()).toHaveLength(2);
	expect(bea.told).toHaveLength(1);
	bea.workspace.setViewer(false);
	await bea.exchange();
	expect(bea.told).toHaveLength(2);
});

test('what is not of email stays, and what does not read is left where it is', async () => {
	await ada.suppresses('+41790000000', 'manual', 'sms');
	await ada.exchange();
	expect(ada.told).toEqual([]);
	expect(ada.keys).toEqual([]);
	const map = bea.workspace.doc.getMap('suppressions');
	map.set('short/manual', { at: 1 });
	map.set(`${'a'.repeat(22)}/whim`, { at: 1 });
	map.set(`${'b'.repeat(22)}/manual`, 'yes');
	bea.workspace.doc.getMap('meta').set('suppressionKey/x', 'too short');
	await bea.knows('max@example.org');
	await bea.exchange();
	expect(await bea.suppressed()).toEqual([]);
	expect(map.size).toBe(3);
	bea.workspace.gesture('Key', (edit) => putSuppressionKey(edit, 'k', 'K'.repeat(43)), false);
	expect(bea.keys).toEqual(['K'.repeat(43)]);
});

test('nothing is asked twice where nothing changed', async () => {
	await ada.suppresses('zoe@example.org');
	await ada.exchange();
	ada.asked.length = 0;
	const before = Y.encodeStateVector(ada.workspace.doc);
	await ada.exchange();
	expect(ada.asked).toEqual(['countSuppressions', 'matchSuppressions']);
	expect(Y.encodeStateVector(ada.workspace.doc)).toEqual(before);

	// A page that is loaded anew finds all of it where it was.
	const again = new Device(databases[0], 'ada');
	send(ada.workspace.doc, again.workspace.doc);
	await again.exchange();
	expect(again.asked).toEqual([
		'countSuppressions',
		'hashSuppressions',
		'countLearntSuppressions',
		'matchSuppressions'
	]);
	expect(Y.encodeStateVector(again.workspace.doc)).toEqual(before);
});
