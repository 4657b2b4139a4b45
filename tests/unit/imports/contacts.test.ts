import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Mapping } from '$lib/imports/mapping';
import { sql } from '$lib/sql';
import { Desk, done } from '../../fixtures/csv/desk';
import { definitionsWith } from '../../fixtures/csv/files';

let desk: Desk;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(() => desk.close());

const people = `Email,First Name,City,Plan,Tags
Ana@Example.com,Ana,Bern,pro,"vip, new"
bo@example.com,Bo,,free,
cy@example.com,Cy,Genève,,new`;

test('people come in with their fields, their tags and what is compared', async () => {
	const report = await desk.import(people, { name: 'shop.csv' });
	expect(report.counts).toMatchObject({ created: 3, updated: 0, repeated: 0, rejected: 0 });
	const plan = report.definitions.fields[0]!;
	expect(plan).toMatchObject({ name: 'Plan', type: 'text' });
	expect(
		await desk.contacts('email_key', 'first_name', 'city', 'city_key', plan.id, 'created_at')
	).toEqual([
		{
			email: 'Ana@Example.com',
			email_key: 'ana@example.com',
			first_name: 'Ana',
			city: 'Bern',
			city_key: 'bern',
			[plan.id]: 'pro',
			created_at: '2026-01-15T10:01:00+00:00'
		},
		{
			email: 'bo@example.com',
			email_key: 'bo@example.com',
			first_name: 'Bo',
			city: null,
			city_key: null,
			[plan.id]: 'free',
			created_at: '2026-01-15T10:01:00+00:00'
		},
		{
			email: 'cy@example.com',
			email_key: 'cy@example.com',
			first_name: 'Cy',
			city: 'Genève',
			city_key: 'genève',
			[plan.id]: null,
			created_at: '2026-01-15T10:01:00+00:00'
		}
	]);
	const tags = Object.fromEntries(report.definitions.tags.map(({ id, name }) => [id, name]));
	const tagged = await desk.database.rows<{ tag: string; cnos: number[] }>(
		sql`select tag, array_agg(cno order by cno) as cnos from contact_tag group by tag`
	);
	expect(Object.fromEntries(tagged.map(({ tag, cnos }) => [tags[tag], cnos]))).toEqual({
		vip: [0],
		new: [0, 2]
	});
});

test('objects and lists come in as JSON, where a column has nothing else', async () => {
	const report = await desk.import(
		`email,Address,Pets
a@x.ch,"{""city"": ""Bern"", ""floor"": ""3""}","[{""name"":""Rex""}]"
b@x.ch,"{""city"": ""Basel""}",[]
c@x.ch,"{""city"": ""Chur""}","[1"`,
		{ name: 'nested.csv' }
	);
	const [address, pets] = report.definitions.fields;
	expect([address, pets]).toMatchObject([
		{ name: 'Address', type: 'json' },
		{ name: 'Pets', type: 'text' }
	]);
	const [row] = await desk.database.rows(
		sql`select fields -> ${address!.id} as address, keys #> ${[address!.id, 'in', 'floor']}::text[] as floor from contact where email_key = 'a@x.ch'`
	);
	expect(row).toEqual({
		address: { city: 'Bern', floor: '3' },
		floor: { text: '3', number: 3 }
	});
});

test('a dry run counts what the import then does, and writes nothing', async () => {
	await desk.import(people);
	const file = `Email,First Name,City
ana@example.com,Ana,Bern
bo@example.com,Bo,Basel
BO@example.com,Bo,Basel
dora@example.com,Dora,Chur
dora@example.com,Dora,
nobody,Ed,`;
	const before = await desk.everything();
	const check = await desk.check(file);
	expect(await desk.everything()).toEqual(before);
	expect(check.counts).toMatchObject({
		created: 1,
		updated: 1,
		unchanged: 1,
		repeated: 2,
		rejected: 1
	});
	const report = await desk.import(file);
	expect(report.counts).toEqual(check.counts);
	expect(report.groups).toEqual(check.groups);
});

test.each(['email', 'id'] as const)(
	'a row far behind that names its contact by %s and ID completes it in the first import',
	async (match) => {
		const others = Array.from(
			{ length: 2_500 },
			(_, i) => `x${i},x${i}@example.com,X,${i % 2 ? 'yes' : 'no'}`
		);
		const address = match === 'id' ? 'ana@example.com' : '';
		await desk.import(
			[
				'Customer ID,Email,First name,Accepts Email Marketing',
				'1,ana@example.com,,yes',
				...others,
				`1,${address},Ana,no`
			].join('\n'),
			{ mapping: (mapping) => ({ ...mapping, match }) }
		);
		const [ana] = await desk.contacts('first_name', 'email_consent');
		expect(ana).toEqual({
			email: 'ana@example.com',
			first_name: 'Ana',
			email_consent: 'unsubscribed'
		});
	}
);

describe('rows that contradict each other about consent', () => {
	const consents = (...rows: string[]) => ['Email,Accepts Email Marketing', ...rows].join('\n');

	test.each([
		['the consent last', ['ana@example.com,no', 'ana@example.com,yes']],
		['the refusal last', ['ana@example.com,yes', 'ana@example.com,no']]
	])('are told from refusals that are on record: %s', async (_, rows) => {
		const file = consents(...rows, 'bo@example.com,yes');
		const found = { created: 2, contradicted: 1, refusalsKept: 0 };
		expect((await desk.check(file)).counts).toMatchObject(found);
		expect((await desk.import(file)).counts).toMatchObject(found);
		expect(await desk.contacts('email_consent')).toEqual([
			{ email: 'ana@example.com', email_consent: 'unsubscribed' },
			{ email: 'bo@example.com', email_consent: 'subscribed' }
		]);
	});

	test('are found however far apart they are, in a dry run as well', async () => {
		const others = Array.from({ length: 2_500 }, (_, i) => `x${i}@example.com,yes`);
		const file = consents('ana@example.com,no', 'bo@example.com,yes', ...others).concat(
			'\nana@example.com,yes\nbo@example.com,no\nbo@example.com,yes\nx1@example.com,yes'
		);
		expect((await desk.check(file)).counts).toMatchObject({ contradicted: 3, refusalsKept: 0 });
		expect((await desk.import(file)).counts).toMatchObject({ contradicted: 3, refusalsKept: 0 });
	});

	test('are so as well about contacts there are', async () => {
		await desk.import(consents('ana@example.com,no', 'bo@example.com,yes'));
		const { counts } = await desk.import(
			consents('ana@example.com,yes', 'bo@example.com,no', 'bo@example.com,yes')
		);
		expect(counts).toMatchObject({ contradicted: 1, refusalsKept: 1 });
	});
});

describe('of contacts there are', () => {
	beforeEach(async () => {
		await desk.import(
			'Email,First Name,City,Accepts Email Marketing\nana@example.com,Ana,Bern,no\nbo@example.com,,Basel,yes'
		);
	});
	const update =
		'Email,First Name,City,Accepts Email Marketing\nana@example.com,Anna,Chur,yes\nbo@example.com,Bo,,no';
	const fields = ['first_name', 'city', 'email_consent'] as const;

	test('blanks are filled, and a refusal always counts', async () => {
		const { counts } = await desk.import(update, { merging: { policy: 'fill' } });
		expect(counts).toMatchObject({ updated: 1, unchanged: 1, refusalsKept: 1 });
		expect(await desk.contacts(...fields)).toEqual([
			{ email: 'ana@example.com', first_name: 'Ana', city: 'Bern', email_consent: 'unsubscribed' },
			{ email: 'bo@example.com', first_name: 'Bo', city: 'Basel', email_consent: 'unsubscribed' }
		]);
	});
	test('values are overwritten, never with blanks, and no refusal is lifted', async () => {
		await desk.import(update, { merging: { policy: 'overwrite' } });
		expect(await desk.contacts(...fields)).toEqual([
			{ email: 'ana@example.com', first_name: 'Anna', city: 'Chur', email_consent: 'unsubscribed' },
			{ email: 'bo@example.com', first_name: 'Bo', city: 'Basel', email_consent: 'unsubscribed' }
		]);
	});
	test('a refusal is lifted when the person importing says so', async () => {
		await desk.import(update, { merging: { policy: 'overwrite', upgradeConsent: true } });
		expect((await desk.contacts(...fields))[0]).toMatchObject({ email_consent: 'subscribed' });
	});
	test('they are left alone, tags too', async () => {
		const before = await desk.everything();
		const { counts } = await desk.import(update.replace(',no', ',yes'), {
			merging: { policy: 'skip', tags: ['x'] }
		});
		expect(counts).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
		expect(await desk.everything()).toEqual(before);
	});
	test('they are left alone but for what they refuse', async () => {
		const { counts } = await desk.import(update, { merging: { policy: 'skip' } });
		expect(counts).toMatchObject({ updated: 1, unchanged: 1 });
		expect(await desk.contacts(...fields)).toEqual([
			{ email: 'ana@example.com', first_name: 'Ana', city: 'Bern', email_consent: 'unsubscribed' },
			{ email: 'bo@example.com', first_name: null, city: 'Basel', email_consent: 'unsubscribed' }
		]);
	});
	test('a tag alone is an update', async () => {
		const { counts, definitions } = await desk.import('Email\nana@example.com', {
			merging: { tags: ['x'] }
		});
		expect(counts).toMatchObject({ updated: 1, unchanged: 0 });
		const again = await desk.import('Email\nana@example.com', {
			merging: { tags: [' X '] },
			definitions: definitionsWith({
				tags: Object.fromEntries(definitions.tags.map(({ id, name }) => [id, name]))
			})
		});
		expect(again.counts).toMatchObject({ updated: 0, unchanged: 1 });
	});
	test('archived ones are updated and stay archived', async () => {
		await desk.database.run(
			sql`update contact set archived_at = now() where email_key = 'bo@example.com'`
		);
		const { counts } = await desk.import(update);
		expect(counts).toMatchObject({ updated: 1, archived: 1 });
		const [row] = await desk.database.rows(
			sql`select first_name, archived_at is not null as archived from contact where email_key = 'bo@example.com'`
		);
		expect(row).toEqual({ first_name: 'Bo', archived: true });
	});
});

describe('of contacts who are pending', () => {
	const file = (...rows: readonly string[]) => ['Email,Email consent', ...rows].join('\n');
	const confirmed = file('ana@example.com,subscribed', 'bo@example.com,subscribed');
	const consents = async () =>
		(await desk.contacts('email_consent')).map(({ email_consent }) => email_consent);
	beforeEach(async () => {
		await desk.import(file('ana@example.com,pending', 'bo@example.com,unsubscribed'));
	});

	test('none is confirmed or called unsubscribed by itself', async () => {
		const { counts } = await desk.import(confirmed);
		expect(counts).toMatchObject({ unchanged: 2, pendingKept: 1, refusalsKept: 1 });
		expect(await consents()).toEqual(['pending', 'unsubscribed']);
	});
	test('who has confirmed is subscribed without lifting refusals', async () => {
		const { counts } = await desk.import(confirmed, { merging: { confirmPending: true } });
		expect(counts).toMatchObject({ updated: 1, pendingKept: 0, refusalsKept: 1 });
		expect(await consents()).toEqual(['subscribed', 'unsubscribed']);
	});
	test('refusals are lifted without confirming', async () => {
		const { counts } = await desk.import(confirmed, { merging: { upgradeConsent: true } });
		expect(counts).toMatchObject({ updated: 1, pendingKept: 1, refusalsKept: 0 });
		expect(await consents()).toEqual(['pending', 'subscribed']);
	});
	test('a refusal of theirs counts', async () => {
		await desk.import(file('ana@example.com,unsubscribed'));
		expect(await consents()).toEqual(['unsubscribed', 'unsubscribed']);
	});
});

describe('who a row is about', () => {
	const byId = { mapping: (mapping: Mapping): Mapping => ({ ...mapping, match: 'id' }) };

	test('is told by the id, and by the address only for people without one', async () => {
		await desk.import(
			'Customer ID,Email,City\n1,ana@example.com,Bern\n,bo@example.com,Basel',
			byId
		);
		const { counts } = await desk.import(
			'Customer ID,Email,City\n1,new@example.com,Chur\n2,bo@example.com,\n3,ana@example.com,Sion',
			{ ...byId, merging: { policy: 'overwrite' } }
		);
		// 3 shares an address with 1, and is somebody else.
		expect(counts).toMatchObject({ created: 1, updated: 2 });
		expect(await desk.contacts('external_id', 'city')).toEqual([
			{ email: 'ana@example.com', external_id: '3', city: 'Sion' },
			{ email: 'bo@example.com', external_id: '2', city: 'Basel' },
			{ email: 'new@example.com', external_id: '1', city: 'Chur' }
		]);
	});
	test('is not guessed where two contacts fit', async () => {
		await desk.import('Customer ID,Email\n1,ana@example.com\n2,ana@example.com', byId);
		const { counts, rejected } = await desk.import('Email,City\nana@example.com,Bern');
		expect(counts).toMatchObject({ created: 0, updated: 0, rejected: 1 });
		expect(rejected).toEqual([
			{ line: 2, problems: [{ type: 'Ambiguous', column: 'Email', value: 'ana@example.com' }] }
		]);
	});
	test('matters less than what it refuses: that counts for all who fit', async () => {
		await desk.import(
			`Customer ID,Email,Email consent\n1,ana@example.com,subscribed\n2,ana@example.com,subscribed\n3,bo@example.com,subscribed`,
			byId
		);
		const before = await desk.everything();
		const file = `Customer ID,Email,City,Email consent,Email consent date
,ana@example.com,Bern,unsubscribed,2025-03-04T00:00:00Z
3,ana@example.com,,unsubscribed,
,ana@example.com,Bern,subscribed,
1,bo@example.com,Basel,unsubscribed,`;
		const check = await desk.check(file);
		expect(await desk.everything()).toEqual(before);
		const report = await desk.import(file, { id: 'refusals' });
		for (const { counts, rejected } of [check, report]) {
			expect(counts).toMatchObject({ created: 0, updated: 0, rejected: 4, shared: 2 });
			expect(rejected.map(({ problems }) => problems)).toMatchObject([
				[{ type: 'Ambiguous', refused: true }],
				[{ type: 'Ambiguous', refused: true }],
				[{ type: 'Ambiguous' }],
				[{ type: 'IdTaken', refused: true }]
			]);
		}
		expect(report.groups.map(({ rows }) => rows)).toEqual([2, 1, 1]);
		const unsubscribed = { city: null, email_consent: 'unsubscribed' };
		expect(await desk.contacts('external_id', 'city', 'email_consent')).toEqual([
			{ email: 'ana@example.com', external_id: '1', ...unsubscribed },
			{ email: 'ana@example.com', external_id: '2', ...unsubscribed },
			{ email: 'bo@example.com', external_id: '3', ...unsubscribed }
		]);
		await desk.undo('refusals');
		expect((await desk.everything()).contact).toEqual(before.contact);
	});
	test('is the one who is not archived, and both where they refuse', async () => {
		await desk.import(
			`Customer ID,Email,Email consent\n1,ana@example.com,subscribed\n2,ana@example.com,subscribed`,
			byId
		);
		await desk.database.run(sql`update contact set archived_at = now() where external_id = '1'`);
		const { counts } = await desk.import('Email,City\nana@example.com,Bern');
		expect(counts).toMatchObject({ updated: 1, rejected: 0, archived: 0 });
		await desk.import('Email,Email consent\nana@example.com,unsubscribed');
		expect(await desk.contacts('external_id', 'city', 'email_consent')).toMatchObject([
			{ external_id: '1', city: null, email_consent: 'unsubscribed' },
			{ external_id: '2', city: 'Bern', email_consent: 'unsubscribed' }
		]);
	});
	test('contradicts itself where the id is another contact’s', async () => {
		await desk.import('Customer ID,Email\n1,ana@example.com\n2,bo@example.com');
		const { rejected } = await desk.import('Customer ID,Email\n2,ana@example.com');
		expect(rejected).toEqual([
			{ line: 2, problems: [{ type: 'IdTaken', column: 'Customer ID', value: '2' }] }
		]);
	});
	test('is told by the id where the address is blank, and a contact without one gets it', async () => {
		await desk.import('Customer ID,Email,City\n1,ana@example.com,\n7,,Bern');
		const { counts, rejected } = await desk.import(
			'Customer ID,Email,City\n1,,Chur\n7,bo@example.com,\n7,,Bern\n1,cy@example.com,Sion'
		);
		expect(counts).toMatchObject({ created: 0, updated: 2, repeated: 1, rejected: 1 });
		expect(rejected).toEqual([
			{ line: 5, problems: [{ type: 'IdTaken', column: 'Customer ID', value: '1' }] }
		]);
		expect(await desk.contacts('external_id', 'city')).toEqual([
			{ email: 'ana@example.com', external_id: '1', city: 'Chur' },
			{ email: 'bo@example.com', external_id: '7', city: 'Bern' }
		]);
	});
	test('may be an id alone', async () => {
		await desk.import('Customer ID,City\n7,Bern', byId);
		expect(await desk.contacts('external_id', 'city')).toEqual([
			{ email: null, external_id: '7', city: 'Bern' }
		]);
	});
});

test('a contact that comes twice in a file, far apart, is one with the values of both rows', async () => {
	const filler = Array.from({ length: 2500 }, (_, i) => `p${i}@example.com,P,`).join('\n');
	const { counts } = await desk.import(
		`Email,First Name,City\nana@example.com,Ana,\n${filler}\nANA@example.com,,Bern\n`
	);
	expect(counts).toMatchObject({ created: 2501, repeated: 1 });
	expect((await desk.contacts('first_name', 'city'))[0]).toEqual({
		email: 'ana@example.com',
		first_name: 'Ana',
		city: 'Bern'
	});
});

test('choices are learned from the file, and told to the workspace', async () => {
	const definitions = definitionsWith({
		fields: [{ id: 'plan', name: 'Plan', type: 'select', options: [{ id: 'pro', name: 'Pro' }] }]
	});
	const report = await desk.import('Email,Plan\na@example.com,PRO\nb@example.com,Free', {
		definitions
	});
	expect(report.definitions.fields).toEqual([
		{
			id: 'plan',
			name: 'Plan',
			type: 'select',
			options: [
				{ id: 'pro', name: 'Pro' },
				{ id: 'free', name: 'Free' }
			]
		}
	]);
	expect(await desk.contacts('plan')).toEqual([
		{ email: 'a@example.com', plan: 'pro' },
		{ email: 'b@example.com', plan: 'free' }
	]);
});

test('the same import asked for twice is done once', async () => {
	const { file, plan } = await desk.plan(people);
	const first = done(await desk.api.runImport(file, plan));
	const after = await desk.everything();
	const second = done(await desk.api.runImport(file, plan));
	expect(second.counts).toEqual(first.counts);
	expect(await desk.everything()).toEqual(after);
});

test('rejected rows come back with line, column, reason and all their cells', async () => {
	const { rejectedFile, counts } = await desk.import(
		'Email,Created At,Note\nana,2024-01-01,"a, ""b"""\nbo@example.com,31.02.2024,=1+1\n,,x\ncy@example.com,2024-01-01,ok',
		{ mapping: (mapping) => ({ ...mapping, unreadable: 'rejectRow' }) }
	);
	expect(counts).toMatchObject({ created: 1, rejected: 3 });
	expect(await rejectedFile!.text()).toBe(
		[
			'Line,Column,Reason,Email,Created At,Note',
			'2,Email,“ana” is not an email address,ana,2024-01-01,"a, ""b"""',
			"3,Created At,“31.02.2024” is not a date that can be read,bo@example.com,31.02.2024,'=1+1",
			'4,,The row has neither an email address nor an ID,,,x',
			''
		].join('\r\n')
	);
});

test('the rejected rows, repaired, can be imported as they are', async () => {
	const { rejectedFile } = await desk.import('Email,Note\nana,=1+1');
	const repaired = (await rejectedFile!.text()).replace(',ana,', ',ana@example.com,');
	const { definitions } = await desk.import(repaired, { name: 'repaired.csv' });
	const note = definitions.fields.find(({ name }) => name === 'Note')!.id;
	expect(await desk.contacts(note)).toEqual([{ email: 'ana@example.com', [note]: '=1+1' }]);
});

test('every column tells how many of its cells are filled and how many reject their row', async () => {
	const { columns } = await desk.check('Email,City\nana@example.com,Bern\nbo,\ncy@example.com,');
	expect(columns).toEqual([
		{ filled: 3, problems: 1, leftOut: 0 },
		{ filled: 1, problems: 0, leftOut: 0 }
	]);
});

test('the day of a consent comes from the file, or is not known', async () => {
	await desk.import(`Email,Email consent,Consent date
ana@example.com,subscribed,2024-05-06T07:08:09Z
bo@example.com,subscribed,`);
	expect(await desk.contacts('email_consent', 'email_consent_at')).toMatchObject([
		{ email_consent: 'subscribed', email_consent_at: '2024-05-06T07:08:09+00:00' },
		{ email_consent: 'subscribed', email_consent_at: null }
	]);
});
