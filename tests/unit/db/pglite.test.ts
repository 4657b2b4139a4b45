import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '$lib/db/db';
import { migrate } from '$lib/db/migrate';
import { migrations } from '$lib/db/migrations';
import { sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';

let database: TestDatabase;
let changes: Change[];
beforeEach(async () => {
	database = await openTestDatabase();
	changes = [];
	database.onchange((change) => changes.push(change));
});
afterEach(() => database.close());

const insert = (cno: number) =>
	sql`insert into contact(cno, uid, created_at, updated_at) values (${cno}::int, ${`u${cno}`}, now(), now())`;
const tag = (cno: number) => sql`insert into contact_tag values ('t', ${cno}::int, now())`;
const contacts = async () =>
	(await database.rows<{ cno: number }>(sql`select cno from contact order by cno`)).map(
		({ cno }) => cno
	);

describe('a write', () => {
	test('happens once, however often it is asked, and answers the same', async () => {
		let runs = 0;
		const write = () =>
			database.write('w1', async (tx) => {
				runs++;
				await tx.run(insert(0));
				return { runs };
			});
		expect(await write()).toEqual({ runs: 1 });
		expect(await write()).toEqual({ runs: 1 });
		expect(await contacts()).toEqual([0]);
	});

	test('that fails leaves nothing, and can be asked again', async () => {
		const failing = database.write('w1', async (tx) => {
			await tx.run(insert(0));
			await tx.run(insert(0));
		});
		await expect(failing).rejects.toMatchObject({ code: '23505' });
		expect(await contacts()).toEqual([]);
		await database.write('w1', (tx) => tx.run(insert(1)));
		expect(await contacts()).toEqual([1]);
		expect(changes).toHaveLength(1);
	});

	test('tells which contacts it touched, and where', async () => {
		await database.write('w1', async (tx) => {
			await tx.run(insert(3));
			await tx.run(insert(5));
			await tx.run(tag(5));
		});
		const [change] = changes;
		expect(change).toMatchObject({ type: 'contacts' });
		if (change?.type !== 'contacts') return;
		expect([...change.cnos].sort()).toEqual([3, 5]);
		expect([...change.tables].sort()).toEqual(['contact', 'contact_tag']);
	});

	test('that touches no contact tells nothing', async () => {
		await database.write('w1', (tx) => tx.run(sql`insert into event_type values (1, 'x')`));
		expect(changes).toEqual([]);
	});
});

test('bulk work says that everything may have changed, and notes nobody', async () => {
	await database.bulk(async (tx) => void (await tx.run(insert(0))));
	expect(changes).toEqual([{ type: 'everything' }]);
	expect(await database.rows(sql`select cno from dirty`)).toEqual([]);
	await database.write('w2', (tx) => tx.run(tag(0)));
	expect(changes.at(-1)).toMatchObject({ type: 'contacts', cnos: [0] });
});

test('bulk work that fails leaves the noting on', async () => {
	await expect(database.bulk(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
	await database.write('w1', (tx) => tx.run(insert(0)));
	expect(changes).toMatchObject([{ type: 'contacts', cnos: [0] }]);
});

test('a select without an answer’s description is a dead database, not an empty answer', async () => {
	await expect(database.rows(sql`insert into event_type values (1, 'x')`)).rejects.toMatchObject({
		code: 'DEAD'
	});
});

test('migrations are applied once; a newer database is told and left alone', async () => {
	expect(await migrate(database, migrations)).toEqual({ status: 'current', applied: 0 });
	await database.run(sql`insert into schema_version values (9999)`);
	expect(await migrate(database, migrations)).toEqual({ status: 'newer', version: 9999 });
});
