import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadPeople, type Loaded } from '$lib/portable/load';
import { unload } from '$lib/portable/unload';
import type { Part, Portables } from '$lib/portable/parts';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';
import { definitions } from '../../fixtures/people';
import { asLines, batchesOf, emptied, fromLines } from '../../fixtures/portable';

let database: TestDatabase;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database.close());
beforeEach(() => emptied(database));

const then = '2026-01-31T12:00:00.000Z';
type People = Parameters<typeof batchesOf>[0];

async function opened(people: People): Promise<Loaded> {
	const source = await fromLines(await asLines({}, batchesOf(people)));
	return database.bulk((tx) => loadPeople(tx, source, { definitions, then }));
}

/** A part as it stands in the database. */
async function held<P extends Part>(part: P): Promise<readonly Portables[P][]> {
	const values: Portables[P][] = [];
	for await (const batch of unload(database))
		// A batch of this part has this part's values.
		if (batch.part === part) values.push(...(batch.values as readonly Portables[P][]));
	return values;
}

const everything: People = {
	contacts: [
		{
			uid: 'a',
			email: 'ada@example.org',
			externalId: 'A1',
			fields: { city: 'Bern' },
			consent: { email: { state: 'subscribed', at: '2025-01-01T00:00:00.000Z', source: 'Form' } },
			tags: [{ id: 't-vip', at: '2025-02-01T00:00:00.000Z' }],
			lists: [{ id: 'l-news', at: '2025-03-01T00:00:00.000Z' }]
		},
		{ uid: 'b', email: 'shared@example.org', archivedAt: '2025-04-01T00:00:00.000Z' },
		{ uid: 'c', email: 'shared@example.org' }
	],
	events: [
		{ id: '1', contact: 'a', type: 'order_placed', at: then, ref: 'O-1', value: 12.5 },
		{ id: '2', contact: 'c', type: 'seen', at: then, properties: { colour: 'red' } }
	],
	suppressions: [{ channel: 'email', address: 'No@Example.org', reason: 'complaint', at: then }],
	changes: [{ contact: 'a', field: 'city', at: then, before: 'basel', after: 'bern' }],
	moves: [{ contact: 'c', segment: 's-swiss', entered: true, at: then }]
};

test('opened twice, nothing is there twice', async () => {
	expect(await opened(everything)).toEqual({
		added: {
			contacts: 3,
			events: 2,
			suppressions: 1,
			changes: 1,
			moves: 1,
			runs: 0,
			recipients: 0
		},
		changed: 0
	});
	const once = await asLines({}, unload(database));
	expect(await opened(everything)).toEqual({
		added: {
			contacts: 0,
			events: 0,
			suppressions: 0,
			changes: 0,
			moves: 0,
			runs: 0,
			recipients: 0
		},
		changed: 0
	});
	expect(await asLines({}, unload(database))).toBe(once);
	expect(await held('suppressions')).toMatchObject([{ address: 'no@example.org' }]);
});

test('a contact is found by uid, else by external id, else by address', async () => {
	await opened({
		contacts: [
			{ uid: 'a', email: 'old@example.org' },
			{ uid: 'x', externalId: 'B1' },
			{ uid: 'y', email: 'Cy@Example.org' }
		]
	});
	const { added } = await opened({
		contacts: [
			{ uid: 'a', email: 'new@example.org', fields: { city: 'Bern' } },
			{ uid: 'b', externalId: 'B1', fields: { city: 'Genf' } },
			{ uid: 'c', email: 'cy@example.org', fields: { city: 'Chur' } },
			{ uid: 'd', email: 'old@example.org' }
		],
		events: [{ id: '1', contact: 'c', type: 'seen', at: then }]
	});
	// That of d is a's, whom the file has under its own uid.
	expect(added).toMatchObject({ contacts: 1, events: 1 });
	expect(await held('contacts')).toMatchObject([
		{ uid: 'a', email: 'old@example.org', fields: { city: 'Bern' } },
		{ uid: 'x', externalId: 'B1', fields: { city: 'Genf' } },
		{ uid: 'y', email: 'Cy@Example.org', fields: { city: 'Chur' } },
		{ uid: 'd', email: 'old@example.org' }
	]);
	expect(await held('events')).toMatchObject([{ contact: 'y' }]);
});

test('two who share an address stay two, and the second time as well', async () => {
	await opened({ contacts: [{ uid: 'x', email: 'shared@example.org' }] });
	const both = {
		contacts: [
			{ uid: 'b', email: 'shared@example.org', fields: { city: 'Bern' } },
			{ uid: 'c', email: 'shared@example.org', fields: { city: 'Chur' } }
		]
	};
	expect((await opened(both)).added.contacts).toBe(1);
	expect((await opened(both)).added.contacts).toBe(0);
	expect(await held('contacts')).toMatchObject([
		{ uid: 'x', fields: { city: 'Bern' } },
		{ uid: 'c', fields: { city: 'Chur' } }
	]);
});

test('what is here stays, but for what is missing and a refusal of consent', async () => {
	await opened({
		contacts: [
			{
				uid: 'a',
				fields: { city: 'Bern' },
				consent: { email: 'subscribed', sms: 'unsubscribed' },
				tags: [{ id: 't-vip', at: '2025-02-01T00:00:00.000Z' }]
			}
		]
	});
	const { changed } = await opened({
		contacts: [
			{
				uid: 'a',
				externalId: 'A1',
				fields: { city: 'Genf', region: 'BE' },
				consent: { email: 'unsubscribed', sms: 'subscribed' },
				tags: ['t-vip', { id: 't-new', at: '2025-05-01T00:00:00.000Z' }]
			}
		]
	});
	expect(changed).toBe(1);
	expect(await held('contacts')).toMatchObject([
		{
			...{ uid: 'a', externalId: 'A1' },
			fields: { city: 'Bern', region: 'BE' },
			consent: { email: { state: 'unsubscribed' }, sms: { state: 'unsubscribed' } },
			tags: [
				{ id: 't-new', at: '2025-05-01T00:00:00.000Z' },
				{ id: 't-vip', at: '2025-02-01T00:00:00.000Z' }
			]
		}
	]);
});

test('an external id that is somebody else’s is not given twice', async () => {
	await opened({ contacts: [{ uid: 'a' }, { uid: 'x', externalId: 'E1' }] });
	await opened({ contacts: [{ uid: 'a', externalId: 'E1', fields: { city: 'Bern' } }] });
	expect(await held('contacts')).toMatchObject([
		{ uid: 'a', fields: { city: 'Bern' } },
		{ uid: 'x', externalId: 'E1' }
	]);
	expect((await held('contacts'))[0]).not.toHaveProperty('externalId');
});

test('the history of whom one knows is one’s own', async () => {
	await opened({ contacts: [{ uid: 'a' }] });
	const { added } = await opened(everything);
	expect(added).toMatchObject({ contacts: 2, changes: 0, moves: 1, runs: 0, recipients: 0 });
});
