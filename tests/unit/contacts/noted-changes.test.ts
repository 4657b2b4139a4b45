import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ValueChange } from '$lib/contacts/contact';
import { createApi, type EngineApi } from '$lib/engine/api';
import type { FieldValue } from '$lib/fields/value';
import { sql } from '$lib/sql';
import { Desk } from '../../fixtures/csv/desk';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

const logOf = (database: Desk['database']) =>
	database.rows(
		sql`select field, cno, (extract(epoch from at) * 1000)::float8 as at, before, after from field_change order by at, cno, field`
	);

describe('an edit', () => {
	let population: Population;
	let api: EngineApi;
	beforeAll(async () => {
		population = await Population.open();
		api = createApi(population.database, () => {});
	});
	afterAll(() => population.close());
	beforeEach(async () => {
		await population.fill(people, definitions);
		await population.database.run(sql`delete from field_change`);
	});

	let writes = 0;
	const change = (field: string, value: FieldValue | null): ValueChange => ({
		field: definitions.fields.get(field)!,
		value
	});
	const edit = (now: number, ...changes: ValueChange[]) =>
		api.editContact(`write ${writes++}`, 0, changes, now);

	test('is logged field by field, as values are compared', async () => {
		await edit(
			moment.now,
			change('city', ' Genève'),
			change('sms_consent', 'subscribed'),
			change('email_consent_at', '2024-06-15T10:00:00.000Z'),
			change('score', 7),
			change('topics', ['art']),
			change('plan', null)
		);
		const at = moment.now;
		expect(await logOf(population.database)).toEqual([
			{ field: 'city', cno: 0, at, before: 'zürich', after: 'genève' },
			{
				field: 'email_consent_at',
				cno: 0,
				at,
				before: Date.parse('2024-06-08T10:00:00.000Z'),
				after: Date.parse('2024-06-15T10:00:00.000Z')
			},
			{ field: 'plan', cno: 0, at, before: 'gold', after: null },
			{ field: 'score', cno: 0, at, before: 0, after: 7 },
			{ field: 'sms_consent', cno: 0, at, before: 'pending', after: 'subscribed' },
			{ field: 'topics', cno: 0, at, before: ['film', 'music'], after: ['art'] }
		]);
	});

	test('that spells a value anew, or says what is so already, is no change', async () => {
		await edit(moment.now, change('city', 'ZÜRICH '), change('country', 'ch'), change('score', 0));
		expect(await logOf(population.database)).toEqual([]);
	});

	test('and its undo are two changes', async () => {
		const undo = await edit(moment.now, change('city', null));
		await edit(moment.now + 1000, ...undo!);
		expect(await logOf(population.database)).toMatchObject([
			{ field: 'city', at: moment.now, before: 'zürich', after: null },
			{ field: 'city', at: moment.now + 1000, before: null, after: 'zürich' }
		]);
	});

	test('of who is new is none, nor is archiving one', async () => {
		const contact = { uid: 'new', values: [change('city', 'Bern')], tags: [], lists: [] };
		const cno = await api.addContact(`write ${writes++}`, contact, moment.now);
		await population.database.run(
			sql`update contact set archived_at = ${new Date(moment.now)} where cno = ${cno}::int`
		);
		expect(await logOf(population.database)).toEqual([]);
	});

	test('of who is deleted keeps their number from being given again', async () => {
		const add = (uid: string) =>
			api.addContact(`write ${writes++}`, { uid, values: [], tags: [], lists: [] }, moment.now);
		const cno = await add('last');
		expect(await api.eraseContact(`write ${writes++}`, 'last')).toBe(true);
		expect(await add('new')).toBe(cno + 1);
	});
});

describe('an import', () => {
	let desk: Desk;
	beforeAll(async () => void (desk = await Desk.open()));
	afterAll(() => desk.close());
	const second = '2026-01-02T10:00:00.000Z';

	beforeEach(async () => {
		await desk.reset();
		await desk.database.run(sql`delete from field_change`);
		await desk.import('Email,City\nana@example.com,Bern\nbo@example.com,\n', {
			id: 'first',
			at: '2026-01-01T10:00:00.000Z'
		});
		await desk.import(
			'Email,City\nana@example.com,Chur\nbo@example.com,Basel\ncy@example.com,Sion',
			{
				id: 'second',
				at: second,
				merging: { policy: 'overwrite' }
			}
		);
	});

	const numbers = async () => {
		const rows = await desk.database.rows<{ cno: number }>(
			sql`select cno from contact order by email`
		);
		return rows.map(({ cno }) => cno);
	};

	test('logs what it changes of those there are', async () => {
		const [ana, bo] = await numbers();
		const at = Date.parse(second);
		expect(await logOf(desk.database)).toEqual([
			{ field: 'city', cno: ana, at, before: 'bern', after: 'chur' },
			{ field: 'city', cno: bo, at, before: null, after: 'basel' }
		]);
	});

	test('that is undone never happened', async () => {
		await desk.undo('second');
		expect(await logOf(desk.database)).toEqual([]);
	});

	test('that completes whom it has just made changed nothing', async () => {
		await desk.import('Email,City,Region\ndee@example.com,Bern,\ndee@example.com,,Bern', {
			id: 'third',
			at: '2026-01-03T10:00:00.000Z'
		});
		expect(await desk.contacts('city', 'region')).toContainEqual({
			email: 'dee@example.com',
			city: 'Bern',
			region: 'Bern'
		});
		expect(await logOf(desk.database)).toHaveLength(2);
	});
});
