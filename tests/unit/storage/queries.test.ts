import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPeople } from '$lib/portable/load';
import { storageApi } from '$lib/storage/queries';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';
import { definitions } from '../../fixtures/people';
import { asLines, batchesOf, fromLines } from '../../fixtures/portable';

let database: TestDatabase;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database.close());

test('it is told how many there are, and the room they take grows with them', async () => {
	const { storageSizes } = storageApi(database);
	const empty = await storageSizes();
	expect(empty).toMatchObject({ contacts: { count: 0 }, events: { count: 0 } });
	const then = '2026-01-31T12:00:00.000Z';
	const contacts = Array.from({ length: 2_000 }, (_, i) => ({ uid: `u${i}` }));
	const events = contacts.map(({ uid }) => ({ id: uid, contact: uid, type: 'seen', at: then }));
	const source = await fromLines(await asLines({}, batchesOf({ contacts, events })));
	await database.bulk((tx) => loadPeople(tx, source, { definitions, then }));
	const full = await storageSizes();
	expect([full.contacts.count, full.events.count]).toEqual([2_000, 2_000]);
	expect(full.contacts.bytes).toBeGreaterThan(empty.contacts.bytes + 100_000);
	expect(full.events.bytes).toBeGreaterThan(empty.events.bytes + 50_000);
	expect(full.whole).toBeGreaterThan(full.contacts.bytes + full.events.bytes);
});
