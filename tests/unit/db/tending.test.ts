import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tendDatabase } from '$lib/db/tending';
import { pause } from '$lib/pause';
import { sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';

let database: TestDatabase;
beforeEach(async () => void (database = await openTestDatabase()));
afterEach(() => database.close());

const addContacts = (from: number, to: number) =>
	database.write(`from ${from}`, (tx) =>
		tx.run(
			sql`insert into contact(cno, uid) select no, 'u' || no from generate_series(${from}::int, ${to}::int) as no`
		)
	);

/** Pages of which an index alone can answer: none of what was written since the last tidying. */
async function visiblePages(): Promise<number> {
	const [row] = await database.rows<{ pages: number }>(
		sql`select relallvisible as pages from pg_class where relname = 'contact'`
	);
	return row!.pages;
}

test('tables are tidied up when many contacts were changed and it is quiet', async () => {
	tendDatabase(database, { rest: 20 });
	await addContacts(1, 2000);
	await vi.waitFor(async () => expect(await visiblePages()).toBeGreaterThan(0), 5000);
});

test('few changes are not worth it', async () => {
	tendDatabase(database, { rest: 1 });
	await addContacts(1, 500);
	await pause(50);
	expect(await visiblePages()).toBe(0);
});
