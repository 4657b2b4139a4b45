import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Mapping } from '$lib/imports/mapping';
import { misspeltDomain } from '$lib/imports/values/domain';
import { Desk } from '../../fixtures/csv/desk';
import { definitionsWith } from '../../fixtures/csv/files';

let desk: Desk;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(() => desk.close());

const change = (changes: Partial<Mapping>) => ({
	mapping: (mapping: Mapping): Mapping => ({ ...mapping, ...changes })
});
const definitions = definitionsWith({
	fields: [{ id: 'spent', name: 'Total Spent', type: 'number' }]
});
const spending = (rows: readonly string[]) => ['Customer ID,Email,Total Spent', ...rows].join('\n');
const people = spending([
	'1,ana@example.com,10',
	'2,bo@example.com,abc',
	'3,cy@example.com,20',
	'4,not-an-email,30',
	'5,dora@example.com,n/a',
	'6,ed@example.com,60'
]);

describe('a value that cannot be read', () => {
	test('is left out and told with its line, and nobody is lost to it', async () => {
		const { counts, leftOut, groups, columns } = await desk.import(people, { definitions });
		expect(counts).toMatchObject({ created: 5, rejected: 1, leftOut: 2 });
		expect(leftOut).toEqual([
			{
				problem: { type: 'NotANumber', column: 'Total Spent', value: 'abc' },
				rows: 2,
				examples: [
					{ line: 3, value: 'abc' },
					{ line: 6, value: 'n/a' }
				]
			}
		]);
		expect(groups).toMatchObject([{ problem: { type: 'NotAnEmail' }, rows: 1 }]);
		expect(columns[2]).toEqual({ filled: 6, problems: 0, leftOut: 2 });
		expect((await desk.contacts('spent')).map(({ spent }) => spent)).toEqual([
			10,
			null,
			20,
			null,
			60
		]);
	});

	test('may be a date in the other order than its column has', async () => {
		const born =
			'Email,Birthday\na@x.example,03.04.1985\nb@x.example,12.12.1999\nc@x.example,05.13.1980';
		const { leftOut } = await desk.import(born, {
			definitions: definitionsWith({ fields: [{ id: 'born', name: 'Birthday', type: 'date' }] })
		});
		expect(leftOut).toMatchObject([
			{ problem: { type: 'NotADate', column: 'Birthday', value: '05.13.1980' }, rows: 1 }
		]);
		expect((await desk.contacts('born')).map(({ born }) => born)).toEqual([
			'1985-04-03',
			'1999-12-12',
			null
		]);
	});

	test('rejects its row where that is wanted', async () => {
		const { counts, leftOut } = await desk.import(people, {
			definitions,
			...change({ unreadable: 'rejectRow' })
		});
		expect(counts).toMatchObject({ created: 3, rejected: 3, leftOut: 0 });
		expect(leftOut).toEqual([]);
	});

	test('may be the address where rows are told by their id, not where they have none', async () => {
		const { counts, rejected } = await desk.import(
			spending(['1,a@b,10', ',bo@example.com,1', ',a@b,2', '4,,3', '5,cy@example.com,4']),
			change({ match: 'id' })
		);
		expect(counts).toMatchObject({ created: 4, rejected: 1, leftOut: 1 });
		expect(rejected).toEqual([
			{ line: 4, problems: [{ type: 'NotAnEmail', column: 'Email', value: 'a@b' }] }
		]);
		expect(await desk.contacts('external_id')).toEqual([
			{ email: 'bo@example.com', external_id: null },
			{ email: 'cy@example.com', external_id: '5' },
			{ email: null, external_id: '1' },
			{ email: null, external_id: '4' }
		]);
	});

	test('is not why a row is rejected that is about nobody', async () => {
		const file = 'Email,Name,Birthday\n,Ana,soon\nbo@example.com,Bo,soon\nnobody,Cy,soon';
		const date = { type: 'NotADate', column: 'Birthday', value: 'soon' };
		const address = { type: 'NotAnEmail', column: 'Email', value: 'nobody' };
		const birthday = {
			target: 'newField',
			field: { id: 'birthday', name: 'Birthday', type: 'date' }
		} as const;
		const wish = (unreadable: Mapping['unreadable']) => ({
			mapping: (mapping: Mapping): Mapping => ({
				...mapping,
				unreadable,
				columns: mapping.columns.with(2, { ...mapping.columns[2]!, target: birthday })
			})
		});
		const left = await desk.check(file, wish('leaveOut'));
		expect(left.rejected).toEqual([
			{ line: 2, problems: [{ type: 'Nobody' }] },
			{ line: 4, problems: [address] }
		]);
		const rejected = await desk.check(file, wish('rejectRow'));
		expect(rejected.rejected).toEqual([
			{ line: 2, problems: [date, { type: 'Nobody' }] },
			{ line: 3, problems: [date] },
			{ line: 4, problems: [address, date] }
		]);
	});

	test('of an event is not why its row is rejected either, if it is about nobody', async () => {
		const orders = 'Email,Order Date,Total\nana@example.com,2025-01-01,5\n,2025-01-02,6\n,soon,7';
		const { rejected } = await desk.check(orders);
		expect(rejected).toEqual([
			{ line: 3, problems: [{ type: 'Nobody' }] },
			{
				line: 4,
				problems: [{ type: 'NotADate', column: 'Order Date', value: 'soon' }, { type: 'Nobody' }]
			}
		]);
	});

	test('is never a consent', async () => {
		const known = Array.from({ length: 1000 }, (_, i) => `p${i}@example.com,yes`);
		const { counts, rejected } = await desk.import(
			['Email,Accepts Email Marketing', ...known, 'ana@example.com,perhaps'].join('\n')
		);
		expect(counts).toMatchObject({ created: 1000, rejected: 1, leftOut: 0 });
		expect(rejected[0]?.problems).toMatchObject([{ type: 'UnknownConsent', value: 'perhaps' }]);
	});

	test('counts only of rows that are taken', async () => {
		await desk.import('Customer ID,Email\n1,ana@example.com\n2,bo@example.com');
		const { counts, columns } = await desk.import(
			spending(['2,ana@example.com,abc', '9,new@example.com,def']),
			{ definitions }
		);
		expect(counts).toMatchObject({ created: 1, rejected: 1, leftOut: 1 });
		expect(columns[2]).toMatchObject({ leftOut: 1 });
	});

	test('leaves none of its choices behind', async () => {
		const options = Array.from({ length: 499 }, (_, i) => ({ id: `o${i}`, name: `O${i}` }));
		const definitions = definitionsWith({
			fields: [{ id: 'topics', name: 'Topics', type: 'multiselect', options }]
		});
		const { counts, definitions: found } = await desk.import(
			'Email,Topics\nana@example.com,"fits, not"\nbo@example.com,last',
			{ definitions }
		);
		expect(counts).toMatchObject({ created: 2, leftOut: 1 });
		expect(found.fields[0]?.options?.slice(499).map(({ id }) => id)).toEqual(['last']);
	});

	test('of an event rejects its row, unless that is wanted otherwise', async () => {
		const orders =
			'Order ID,Email,Created at,Total\n1,ana@example.com,2025-01-01,x\n2,ana@example.com,2025-01-02,5';
		expect((await desk.check(orders)).counts).toMatchObject({ created: 1, rejected: 1 });
		const { counts } = await desk.import(orders, change({ unreadable: 'leaveOut' }));
		expect(counts).toMatchObject({ created: 2, rejected: 0, leftOut: 1 });
	});
});

describe('worth a look, and taken as they are', () => {
	test('are countries nobody knows', async () => {
		const { notices, counts } = await desk.import(
			'Email,Country\nana@example.com,XX\nbo@example.com,Deutschland'
		);
		expect(counts).toMatchObject({ created: 2, leftOut: 0 });
		expect(notices).toEqual([
			{
				problem: { type: 'UnknownCountry', column: 'Country', value: 'XX' },
				rows: 1,
				examples: [{ line: 2, value: 'XX' }]
			}
		]);
		expect((await desk.contacts('country')).map(({ country }) => country)).toEqual(['XX', 'DE']);
	});

	test('are domains with a slip in them, each by itself', async () => {
		const { notices } = await desk.import(
			'Email\nana@gmial.com\nbo@Gmial.com\ncy@yaho.com\ndo@gmail.com'
		);
		expect(notices.map(({ problem, rows }) => [problem, rows])).toMatchObject([
			[{ type: 'MisspeltDomain', domain: 'gmial.com', meant: 'gmail.com' }, 2],
			[{ type: 'MisspeltDomain', domain: 'yaho.com', meant: 'yahoo.com' }, 1]
		]);
		expect((await desk.contacts())[0]).toEqual({ email: 'ana@gmial.com' });
	});

	test.each(['a@gmail.com', 'a@gmx.net', 'a@example.com', 'a@mail.gmial.com'])(
		'are not %s',
		(email) => expect(misspeltDomain(email)).toBeUndefined()
	);
});

test('rejected rows are in the order of the file, whenever they were found out', async () => {
	await desk.import('Customer ID,Email\n1,ana@example.com\n2,bo@example.com');
	const { rejectedFile, rejected } = await desk.import(
		'Customer ID,Email\n1,bo@example.com\n3,nobody\n2,ana@example.com\n,'.concat('x')
	);
	const lines = (await rejectedFile!.text()).split('\r\n').slice(1, -1);
	expect(lines.map((line) => Number(line.split(',')[0]))).toEqual([2, 3, 4, 5]);
	expect(rejected.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
});

describe('a row that is rejected when it meets the contacts leaves nothing behind', () => {
	beforeEach(() => desk.import('Customer ID,Email\n1,ana@example.com\n2,bo@example.com'));
	const definitions = definitionsWith({
		fields: [
			{ id: 'plan', name: 'Plan', type: 'select', options: [{ id: 'pro', name: 'Pro' }] },
			{ id: 'shoe', name: 'Shoe', type: 'select', options: [{ id: '42', name: '42' }] }
		],
		tags: { t1: 'VIP' }
	});
	const rows = [
		'Customer ID,Email,Tags,Lists,Plan,Shoe',
		'1,bo@example.com,"VIP, lost, kept, typed",gone,Free,43',
		'3,cy@example.com,kept,,Trial,42'
	].join('\n');

	test('of tags, lists and choices that no other row names', async () => {
		const wish = { definitions, merging: { tags: ['typed'] } };
		const report = await desk.import(rows, wish);
		expect(report.counts).toMatchObject({ created: 1, rejected: 1 });
		const { tags, lists, fields } = report.definitions;
		expect(tags.map(({ name }) => name)).toEqual(['kept', 'typed']);
		expect(lists).toEqual([]);
		expect(fields.map(({ id, options }) => [id, options?.map((one) => one.id)])).toEqual([
			['plan', ['pro', 'trial']]
		]);
	});

	test('of types of events and what they have', async () => {
		const events = [
			'Event,Email,Time,Order ID',
			'Danced,nobody@example.com,2025-01-01,',
			'Sang,ana@example.com,2025-01-01,',
			'Sang,nobody@example.com,2025-01-02,#1'
		].join('\n');
		const { counts, definitions } = await desk.import(events, {
			kind: 'events',
			merging: { unknownPeople: 'reject' }
		});
		expect(counts).toMatchObject({ created: 1, rejected: 2 });
		expect(definitions.eventTypes).toEqual([{ id: 'sang', name: 'Sang', properties: [] }]);
	});
});
