import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Mapping } from '$lib/imports/mapping';
import { sql } from '$lib/sql';
import { Desk } from '../../fixtures/csv/desk';
import { definitionsWith } from '../../fixtures/csv/files';

let desk: Desk;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(() => desk.close());

/** Events with their person's address, in the order of time. */
const events = () =>
	desk.database.rows<Record<string, unknown>>(sql`
		select email, event_type.id as type, event.at::text, ref.text as ref, value, properties
		from event join contact using (cno) join event_type on event_type.no = event.type
		left join ref on ref.no = event.ref left join event_property on event_property.event = event.no
		order by event.at, email, ref.text, event.no`);

const orders = `email,ordered_at,items,total
00001@cdnow.example,1997-01-01,1,11.77
00002@cdnow.example,1997-01-12,1,12.00
00002@cdnow.example,1997-01-12,5,77.00
00001@cdnow.example,1997-01-18,2,29.33
`;

test('orders as CDNOW writes them are events of people who are made for them', async () => {
	const report = await desk.import(orders, { name: 'cdnow.csv' });
	expect(report.counts).toMatchObject({ created: 4, people: 2, rejected: 0, repeated: 0 });
	expect(await events()).toEqual([
		{
			email: '00001@cdnow.example',
			type: 'order_placed',
			at: '1996-12-31 23:00:00+00',
			ref: null,
			value: 11.77,
			properties: { items_number: 1 }
		},
		{
			email: '00002@cdnow.example',
			type: 'order_placed',
			at: '1997-01-11 23:00:00+00',
			ref: null,
			value: 12,
			properties: { items_number: 1 }
		},
		{
			email: '00002@cdnow.example',
			type: 'order_placed',
			at: '1997-01-11 23:00:00+00',
			ref: null,
			value: 77,
			properties: { items_number: 5 }
		},
		{
			email: '00001@cdnow.example',
			type: 'order_placed',
			at: '1997-01-17 23:00:00+00',
			ref: null,
			value: 29.33,
			properties: { items_number: 2 }
		}
	]);
	// Their items are a number, and not the list of them that orders have.
	expect(report.definitions.eventTypes).toEqual([
		{ id: 'order_placed', properties: [{ id: 'items_number', name: 'items', type: 'number' }] }
	]);
});

test('importing the same file again changes nothing, and one more row adds one event', async () => {
	await desk.import(orders);
	const before = await desk.everything();
	expect((await desk.import(orders)).counts).toMatchObject({ created: 0, unchanged: 4, people: 0 });
	expect(await desk.everything()).toEqual(before);
	const { counts } = await desk.import(`${orders}00002@cdnow.example,1997-02-01,1,5.00\n`);
	expect(counts).toMatchObject({ created: 1, unchanged: 4 });
});

test('rows that are wholly alike are as many events, in every import', async () => {
	const twice = `${orders}00001@cdnow.example,1997-01-18,2,29.33\n`;
	expect((await desk.import(twice)).counts).toMatchObject({ created: 5, repeated: 0 });
	expect((await desk.import(twice)).counts).toMatchObject({ created: 0, unchanged: 5 });
});

test('events with an id of their own are known by it, whatever else of them changed', async () => {
	const file =
		'Event ID,Email,Event,Timestamp\ne1,ana@example.com,Signed up,2025-01-01\ne1,ana@example.com,Signed up,2025-01-02\ne2,bo@example.com,page_viewed,2025-01-03';
	expect((await desk.import(file)).counts).toMatchObject({ created: 2, repeated: 1 });
	expect((await events()).map(({ type }) => type)).toEqual(['signed_up', 'page_viewed']);
	expect((await desk.import(file.replaceAll('2025', '2024'))).counts).toMatchObject({
		created: 0,
		unchanged: 2,
		repeated: 1
	});
});

test('types are found by name or id, and new ones are made', async () => {
	const { definitions } = await desk.import(
		'Email,Event,Timestamp,Plan\nana@example.com,Placed order,2025-01-01,pro\nana@example.com,Trial started,2025-01-02,pro\nana@example.com,TRIAL STARTED,2025-01-03,'
	);
	expect((await events()).map(({ type }) => type)).toEqual([
		'order_placed',
		'trial_started',
		'trial_started'
	]);
	expect(definitions.eventTypes).toEqual([
		{
			id: 'trial_started',
			name: 'Trial started',
			properties: [{ id: 'plan', name: 'Plan', type: 'text' }]
		},
		{ id: 'order_placed', properties: [{ id: 'plan', name: 'Plan', type: 'text' }] }
	]);
});

describe('people nobody knows', () => {
	test('are made once, and found the next time', async () => {
		await desk.import('Email\nANA@example.com');
		const { counts } = await desk.import(
			'email,ordered_at,total\nana@example.com,2025-01-01,1\nbo@example.com,2025-01-01,1\nBo@example.com,2025-01-02,1'
		);
		expect(counts).toMatchObject({ created: 3, people: 1 });
		expect(await desk.contacts()).toEqual([
			{ email: 'ANA@example.com' },
			{ email: 'bo@example.com' }
		]);
	});
	test('are rejected where that is wanted', async () => {
		await desk.import('Email\nana@example.com');
		const { counts, rejected } = await desk.import(
			'email,ordered_at,total\nana@example.com,2025-01-01,1\nbo@example.com,2025-01-01,1',
			{
				merging: { unknownPeople: 'reject' }
			}
		);
		expect(counts).toMatchObject({ created: 1, people: 0, rejected: 1 });
		expect(rejected).toEqual([
			{ line: 3, problems: [{ type: 'UnknownPerson', column: 'email', value: 'bo@example.com' }] }
		]);
	});
	test('are found by the id that an import of contacts gave them', async () => {
		await desk.import('Customer ID,Email\nc1,ana@example.com');
		const { counts } = await desk.import(
			'Customer ID,Order ID,Order Date,Sales\nc1,o1,2025-01-01,3.50\nc2,o2,2025-01-01,4'
		);
		expect(counts).toMatchObject({ created: 2, people: 1 });
		expect(await events()).toMatchObject([
			{ email: 'ana@example.com', ref: 'o1', value: 3.5 },
			{ email: null, ref: 'o2', value: 4 }
		]);
	});
});

test('a dry run counts what the import then does, also of people it would make', async () => {
	await desk.import(orders);
	const file = `${orders}00001@cdnow.example,1997-01-18,2,29.33\nnew@cdnow.example,1997-05-01,1,3\nnew@cdnow.example,1997-05-01,1,3\nnew@cdnow.example,soon,1,3\n`;
	const before = await desk.everything();
	const check = await desk.check(file);
	expect(await desk.everything()).toEqual(before);
	expect(check.counts).toMatchObject({ created: 3, unchanged: 4, people: 1, rejected: 1 });
	expect((await desk.import(file)).counts).toEqual(check.counts);
});

test('references and events keep their numbers apart over several imports', async () => {
	const file = (from: number) =>
		`Email,Order ID,Order Date,Total\n${Array.from({ length: 1200 }, (_, i) => `p${(from + i) % 700}@example.com,o${from + i},2025-01-01,${i}`).join('\n')}`;
	await desk.import(file(0));
	const { counts } = await desk.import(file(600));
	expect(counts).toMatchObject({ created: 1200, people: 0 });
	const [row] = await desk.database.rows(
		sql`select count(*)::int as events, count(distinct no)::int as numbers, (select count(*)::int from ref) as refs from event`
	);
	expect(row).toEqual({ events: 2400, numbers: 2400, refs: 1800 });
});

test('the items of orders come in as JSON, as what orders have', async () => {
	const report = await desk.import(`email,ordered_at,order_id,total,Items
a@x.ch,2026-01-02,o1,20,"[{""sku"":""A"",""price"":20}]"
b@x.ch,2026-01-03,o2,30,"[{""sku"":""B"",""price"":""30""}]"`);
	expect(report.counts).toMatchObject({ created: 2, rejected: 0 });
	// Nothing about orders has to be learned.
	expect(report.definitions.eventTypes).toEqual([]);
	expect((await events()).map(({ properties }) => properties)).toEqual([
		{ items: [{ sku: 'A', price: 20 }] },
		{ items: [{ sku: 'B', price: '30' }] }
	]);
});

test('a type chosen for the whole file, new, has its main number and reference', async () => {
	const mapping = (proposed: Mapping): Mapping => ({
		...proposed,
		eventType: { id: 'donated', name: 'Donated' }
	});
	const { definitions } = await desk.import(
		'Email,Order ID,Order Date,Total\nana@example.com,o1,2025-01-01,5',
		{
			mapping,
			definitions: definitionsWith()
		}
	);
	expect(definitions.eventTypes).toEqual([
		{
			id: 'donated',
			name: 'Donated',
			properties: [
				{ id: 'order', name: 'Order', type: 'text', column: 'ref' },
				{ id: 'total', name: 'Total', type: 'number', column: 'value' }
			]
		}
	]);
});

test('new events of later than now are counted', async () => {
	const at = '2026-01-20T12:00:00.000Z';
	const file =
		'Email,Order Date,Total\nana@example.com,2026-01-20T12:00:00Z,1\nana@example.com,2026-01-20T12:00:01Z,2\nbo@example.com,2027-01-01,3';
	expect((await desk.check(file, { at })).counts).toMatchObject({ created: 3, future: 2 });
	expect((await desk.import(file, { at })).counts).toMatchObject({ created: 3, future: 2 });
	expect((await desk.import(file, { at })).counts).toMatchObject({ created: 0, future: 0 });
});

test('an event with a value that cannot be read is rejected whole', async () => {
	const { rejected, counts } = await desk.import(
		'Email,Order Date,Total\nana@example.com,2025-01-01,5\nbo@example.com,2025-01-02,6\ncy@example.com,2025-01-03,a lot\n,2025-01-04,5\ndo@example.com,,5'
	);
	expect(counts.created).toBe(2);
	expect(rejected).toEqual([
		{ line: 4, problems: [{ type: 'NotANumber', column: 'Total', value: 'a lot' }] },
		{ line: 5, problems: [{ type: 'Nobody' }] },
		{ line: 6, problems: [{ type: 'Blank', column: 'Order Date' }] }
	]);
});
