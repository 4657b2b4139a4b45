import { afterAll, beforeAll, expect, test } from 'vitest';
import { patchGroups, readGroups } from '$lib/membership/read-groups';
import type { GroupsColumn } from '$lib/rules/mirror/columns';
import { sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';

const part = { type: 'groups', table: 'list_member' } as const;
const pause = async () => void pauses++;
let pauses = 0;

let database: TestDatabase;
beforeAll(async () => {
	database = await openTestDatabase();
	// More of one list than are read at once, exactly as many of the next, and names in an order of their own.
	await database.bulk(async (tx) => {
		for (const [list, from, to] of [
			['Ä', 0, 120_000],
			['a', 50, 80_049],
			['B', 7, 7],
			['it\'s, {"x"}', 3, 5]
		] as const)
			await tx.run(
				sql`insert into list_member select ${list}, i, now() from generate_series(${from}::int, ${to}::int) as i`
			);
	});
}, 60_000);
afterAll(() => database.close());

const sets = ({ ids, starts, cnos }: GroupsColumn) =>
	new Map(
		ids.map((id, g) => [id, [...cnos.subarray(starts[g], starts[g + 1])].sort((a, b) => a - b)])
	);
const from = (first: number, last: number) =>
	Array.from({ length: last - first + 1 }, (_, i) => first + i);

test('every group is read whole, slice by slice', async () => {
	const read = sets((await readGroups(database, part, pause))!);
	expect([...read.keys()].sort()).toEqual(['B', 'a', 'it\'s, {"x"}', 'Ä']);
	expect(read.get('Ä')).toEqual(from(0, 120_000));
	expect(read.get('a')).toEqual(from(50, 80_049));
	expect(read.get('B')).toEqual([7]);
	expect(read.get('it\'s, {"x"}')).toEqual([3, 4, 5]);
	expect(pauses).toBeGreaterThan(1);
});

test('of contacts read again, each is in the groups it is in now; a group that nobody is in is gone', async () => {
	const before = (await readGroups(database, part, pause))!;
	await database.run(sql`delete from list_member where list = 'B'`);
	await database.run(sql`insert into list_member values ('new', 7, now()), ('a', 7, now())`);
	await database.run(sql`delete from list_member where cno = 60`);
	const patched = sets(await patchGroups(database, part, before, [7, 60]));
	expect(patched).toEqual(sets((await readGroups(database, part, pause))!));
	expect([...patched.keys()]).not.toContain('B');
	expect(patched.get('new')).toEqual([7]);
});

test('where there are none, nothing is in any', async () => {
	const none = await readGroups(database, { type: 'groups', table: 'contact_tag' }, pause);
	expect(none).toEqual({ ids: [], starts: Int32Array.of(0), cnos: new Int32Array() });
});
