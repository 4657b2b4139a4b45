import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '$lib/db/migrate';
import { migrations } from '$lib/db/migrations';
import { mostTouched, touchedSince, trimTouched, versionOf } from '$lib/db/touched';
import { sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';

let database: TestDatabase;
let writes = 0;
beforeEach(async () => void (database = await openTestDatabase()));
afterEach(() => database.close());

const insert = (from: number, to = from) =>
	sql`insert into contact(cno, uid) select no, 'u' || no from generate_series(${from}::int, ${to}::int) as no`;
const tag = (cno: number) => sql`insert into contact_tag values ('t', ${cno}::int, now())`;
const write = (...statements: readonly ReturnType<typeof insert>[]) =>
	database.write(`write ${writes++}`, async (tx) => {
		for (const statement of statements) await tx.run(statement);
	});
const since = async (version: number) => {
	const touched = await touchedSince(database, version);
	if (!touched) return;
	expect(touched.version).toBe(await versionOf(database));
	return Object.fromEntries([...touched.cnos].map(([table, cnos]) => [table, [...cnos]]));
};

test('each write that changes contacts raises the version, and is known afterwards', async () => {
	const start = await versionOf(database);
	await write(insert(1), tag(1));
	const later = await versionOf(database);
	await write(insert(2));
	expect(later).toBeGreaterThan(start);
	expect(await versionOf(database)).toBeGreaterThan(later);
	expect(await since(start)).toEqual({ contact: [1, 2], contact_tag: [1] });
	expect(await since(later)).toEqual({ contact: [2] });
	expect(await since(await versionOf(database))).toEqual({});
});

test('a write that fails, and one that changes nobody, leave the version', async () => {
	const start = await versionOf(database);
	await expect(write(insert(1), insert(1))).rejects.toMatchObject({ code: '23505' });
	await write(sql`insert into event_type values (1, 'x')`);
	expect(await versionOf(database)).toBe(start);
});

test('after bulk work, and after a write about very many, nothing read before is of use', async () => {
	const start = await versionOf(database);
	await database.bulk((tx) => tx.run(insert(1)));
	const bulk = await versionOf(database);
	expect(await since(start)).toBeUndefined();
	expect(await since(bulk)).toEqual({});
	await write(insert(2, mostTouched + 2));
	expect(await since(bulk)).toBeUndefined();
	expect(await since(await versionOf(database))).toEqual({});
});

test('a version that this database never had is not one of its own, also between two that it had', async () => {
	const start = await versionOf(database);
	await write(insert(1));
	for (const alien of [0, start - 1, start + 1, (await versionOf(database)) + 1])
		expect(await since(alien)).toBeUndefined();
});

test('the log is cut to the last contacts, and keeps the last write', async () => {
	const start = await versionOf(database);
	await write(insert(1, 3000));
	const first = await versionOf(database);
	await write(insert(3001, 6000));
	await trimTouched(database);
	expect(await since(start)).toBeUndefined();
	expect((await since(first))?.contact).toHaveLength(3000);
	await write(insert(6001, 9000));
	await trimTouched(database);
	expect(await since(first)).toBeUndefined();
});

test('a step of the schema may change everything', async () => {
	const start = await versionOf(database);
	const step = { version: 1000, text: 'update contact set city = null' };
	expect(await migrate(database, [...migrations, step])).toMatchObject({ applied: 1 });
	expect(await since(start)).toBeUndefined();
	expect(await versionOf(database)).toBeGreaterThan(start);
});
