import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sql } from '$lib/sql';
import { Desk } from '../../fixtures/csv/desk';

let desk: Desk;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(async () => {
	await desk.reset();
	await desk.import(
		'Email,First Name,City,Plan\nana@example.com,Ana,Bern,pro\nbo@example.com,,,\ncy@example.com,Cy,,',
		{
			id: 'first',
			merging: { tags: ['old'], lists: ['news'] }
		}
	);
});
afterAll(() => desk.close());

const second = `Customer ID,Email,First Name,City,Email Consent,Labels
1,ana@example.com,Anna,Chur,no,vip
2,bo@example.com,Bo,Basel,,
3,dora@example.com,Dora,Sion,yes,"vip, old"`;

test.each(['fill', 'overwrite'] as const)(
	'taking an import back restores everything exactly (%s)',
	async (policy) => {
		const before = await desk.everything();
		await desk.import(second, {
			id: 'second',
			merging: { policy, tags: ['all', 'old'], lists: ['news', 'more'] }
		});
		expect(await desk.everything()).not.toEqual(before);
		expect(await desk.undo('second')).toEqual({
			contactsRemoved: 1,
			contactsRestored: 2,
			eventsRemoved: 0,
			left: 0,
			examples: []
		});
		expect(await desk.everything()).toEqual(before);
	}
);

test('events go with their properties and the people made for them', async () => {
	const before = await desk.everything();
	await desk.import(
		'Email,Order ID,Order Date,Total,Channel\nana@example.com,o1,2025-01-01,3,web\nnew@example.com,o2,2025-01-02,4,shop',
		{ id: 'orders' }
	);
	expect(await desk.undo('orders')).toMatchObject({
		eventsRemoved: 2,
		contactsRemoved: 1,
		left: 0
	});
	expect(await desk.everything()).toEqual(before);
});

test('what somebody has changed since stays, and is listed', async () => {
	await desk.import(second, { id: 'second', merging: { policy: 'overwrite' } });
	await desk.database.write('edit', (tx) =>
		tx.run(
			sql`update contact set city = 'Visp', city_key = 'visp', updated_at = now() where email_key in ('ana@example.com', 'dora@example.com')`
		)
	);
	const report = await desk.undo('second');
	expect(report).toMatchObject({ contactsRemoved: 0, contactsRestored: 2, left: 2 });
	expect(report.examples.map(({ name }) => name).sort()).toEqual(['Anna', 'Dora']);
	expect(await desk.contacts('first_name', 'city')).toEqual([
		{ email: 'ana@example.com', first_name: 'Ana', city: 'Visp' },
		{ email: 'bo@example.com', first_name: null, city: null },
		{ email: 'cy@example.com', first_name: 'Cy', city: null },
		{ email: 'dora@example.com', first_name: 'Dora', city: 'Visp' }
	]);
});

test('a contact the import made stays when it has something from elsewhere', async () => {
	await desk.import(second, { id: 'second' });
	const [dora] = await desk.database.rows<{ cno: number }>(
		sql`select cno from contact where email_key = 'dora@example.com'`
	);
	await desk.database.write('tag', (tx) =>
		tx.run(sql`insert into contact_tag values ('mine', ${dora!.cno}, now())`)
	);
	expect(await desk.undo('second')).toMatchObject({
		contactsRemoved: 0,
		left: 1,
		examples: [{ name: 'Dora' }]
	});
});

test('an earlier import is taken back only where a later one wrote nothing', async () => {
	await desk.import('Email,City,First Name\nana@example.com,Chur,Anna\ncy@example.com,Sion,Cyril', {
		id: 'second',
		merging: { policy: 'overwrite' }
	});
	await desk.import('Email,City\nana@example.com,Genf', {
		id: 'third',
		merging: { policy: 'overwrite' }
	});
	expect(await desk.undo('second')).toMatchObject({ contactsRestored: 2, left: 1 });
	expect(await desk.contacts('first_name', 'city')).toMatchObject([
		{ email: 'ana@example.com', first_name: 'Ana', city: 'Genf' },
		{},
		{ email: 'cy@example.com', first_name: 'Cy', city: null }
	]);
});

test('a contact that a row completed later in the file is still the import’s own', async () => {
	const filler = Array.from({ length: 1500 }, (_, i) => `p${i}@example.com,`).join('\n');
	const before = await desk.everything();
	await desk.import(
		`Email,City\ndora@example.com,\n${filler}\ndora@example.com,Sion\nana@example.com,\nana@example.com,Chur`,
		{ id: 'second' }
	);
	expect(await desk.undo('second')).toMatchObject({ contactsRemoved: 1501, left: 0 });
	expect(await desk.everything()).toEqual(before);
});

test('a number that was given to somebody else is nobody’s to take back', async () => {
	await desk.import('Email,Order Date,Total\nnew@example.com,2025-01-01,3', { id: 'orders' });
	// Erased, and the numbers given out again.
	await desk.database.run(sql`delete from event`);
	await desk.database.run(sql`delete from contact where email_key = 'new@example.com'`);
	await desk.import('Email,Order Date,Total\nother@example.com,2025-02-02,4', { id: 'others' });
	const before = await desk.everything();
	expect(await desk.undo('orders')).toMatchObject({ eventsRemoved: 0, contactsRemoved: 0 });
	expect({ ...(await desk.everything()), import_event: [] }).toEqual({
		...before,
		import_event: []
	});
});

test('an import is taken back once, and asking again gives the same report', async () => {
	await desk.import(second, { id: 'second' });
	const report = await desk.undo('second');
	const after = await desk.everything();
	expect(await desk.undo('second')).toEqual(report);
	expect(await desk.everything()).toEqual(after);
	expect(
		await desk.api.undoImport('no such import', new Map(), '2026-02-01T00:00:00.000Z')
	).toBeUndefined();
});

test('imports are listed, newest first, with what they did', async () => {
	await desk.import(second, { id: 'second', name: 'shop.csv', at: '2026-01-20T00:00:00.000Z' });
	await desk.undo('second');
	expect(await desk.api.importRuns()).toMatchObject([
		{
			id: 'second',
			file: 'shop.csv',
			kind: 'contacts',
			at: '2026-01-20T00:00:00.000Z',
			counts: { created: 1, updated: 2 },
			undoneAt: '2026-02-01T00:00:00.000Z'
		},
		{ id: 'first', undoneAt: undefined }
	]);
});

test('what the document has not learned of an import is asked for until it has', async () => {
	await desk.import(second, { id: 'second' });
	const waiting = await desk.api.importsToAdopt();
	expect(waiting.map(({ id }) => id)).toEqual(['first', 'second']);
	expect(waiting[1]!.definitions.tags.map(({ name }) => name)).toEqual(['vip', 'old']);
	await desk.api.importAdopted('first');
	await desk.undo('second');
	expect(await desk.api.importsToAdopt()).toEqual([]);
});
