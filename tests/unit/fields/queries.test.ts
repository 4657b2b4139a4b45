import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApi, type EngineApi } from '$lib/engine/api';
import type { Field } from '$lib/fields/field';
import { NodeId, type Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { definitions, moment } from '../../fixtures/people';
import { Population, type NamedPerson } from '../../fixtures/population';

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, () => {});
}, 60_000);
afterAll(() => population.close());

const person = (name: string, fields: Record<string, unknown>, archived = false): NamedPerson => ({
	...{ name, archived, fields, tags: [], lists: [], events: [] }
});
beforeEach(() =>
	population.fill(
		[
			person('a', {
				country: 'ch',
				note: '12',
				score: 3,
				plan: 'gold',
				seen: '2024-01-01T00:00:00Z'
			}),
			person('b', { country: 'CH', note: 'twelve', score: 'lots', topics: ['film', 'art'] }),
			person('c', { country: 'CH', note: '12', score: 10.5, seen: '2024-06-01T12:00:00.250Z' }),
			person('d', { country: ' ', birthday: '1990-06-15' }),
			person('e', { country: 'DE', note: '2024-02-30', score: 99 }, true)
		],
		definitions
	)
);

const field = (id: string) => definitions.fields.get(id)!;
const note = (type: Field['type']): Field => ({ id: 'note', name: 'Note', type });
const noteIs12 = (of: 'text' | 'number'): Rule => ({
	type: 'condition',
	id: NodeId.parse('note'),
	condition: {
		kind: 'field',
		field: 'note',
		...(of === 'text'
			? { of, test: { operator: 'is', value: '12' } }
			: { of, test: { operator: 'equals', value: 12 } })
	}
});
const count = async (rule: Rule) => (await api.countRules([rule], moment)).counts[0];

test('the use of a standard field leaves out blanks and archived contacts, and is by what is compared', async () => {
	expect(await api.fieldUse(field('country'))).toEqual({
		filled: 3,
		distinct: 1,
		unreadable: 0,
		top: [{ value: 'CH', count: 3 }],
		least: undefined,
		greatest: undefined
	});
	expect(await api.fieldUse(field('created_at'))).toMatchObject({
		filled: 4,
		distinct: 1,
		least: Date.parse('2020-01-01T00:00:00Z')
	});
});

test('a custom field has its least and greatest, and what does not read as its type is told', async () => {
	expect(await api.fieldUse(field('score'))).toEqual({
		filled: 2,
		distinct: 2,
		unreadable: 1,
		top: [
			{ value: 3, count: 1 },
			{ value: 10.5, count: 1 }
		],
		least: 3,
		greatest: 10.5
	});
	expect(await api.fieldUse(field('seen'))).toMatchObject({
		least: Date.parse('2024-01-01T00:00:00Z'),
		greatest: Date.parse('2024-06-01T12:00:00.250Z')
	});
	expect(await api.fieldUse(field('birthday'))).toMatchObject({
		least: '1990-06-15',
		greatest: '1990-06-15'
	});
	expect(await api.fieldUse(field('topics'))).toMatchObject({
		filled: 1,
		top: [{ value: ['film', 'art'], count: 1 }]
	});
	expect(await api.fieldUse(note('text'))).toMatchObject({
		filled: 3,
		distinct: 2,
		top: [
			{ value: '12', count: 2 },
			{ value: 'twelve', count: 1 }
		]
	});
	expect(await api.fieldUse({ id: 'none', name: 'None', type: 'number' })).toEqual({
		filled: 0,
		distinct: 0,
		unreadable: 0,
		top: [],
		least: undefined,
		greatest: undefined
	});
});

test('trying a type tells how many values would be lost, archived contacts too, and changes nothing', async () => {
	expect(await api.tryType('note', 'number')).toEqual({
		values: 4,
		lost: 2,
		examples: expect.arrayContaining(['twelve', '2024-02-30'])
	});
	expect(await api.tryType('note', 'date')).toMatchObject({ values: 4, lost: 4 });
	expect(await api.tryType('none', 'date')).toEqual({ values: 0, lost: 0, examples: [] });
	expect(await count(noteIs12('text'))).toBe(2);
});

test('after a change of type rules read the values as the new type, and back again', async () => {
	expect(await count(noteIs12('number'))).toBe(0);
	// Two become numbers; two others lose what they were compared by.
	expect(await api.rekeyField(note('number'))).toBe(4);
	expect(await count(noteIs12('number'))).toBe(2);
	expect(await count(noteIs12('text'))).toBe(0);
	expect((await api.fieldUse(note('number'))).unreadable).toBe(1);
	expect(await api.rekeyField(note('number'))).toBe(0);
	const [row] = await population.database.rows(
		sql`select fields -> 'note' as note, keys ? 'note' as keyed from contact where uid = 'b'`
	);
	expect(row).toEqual({ note: 'twelve', keyed: false });

	expect(await api.rekeyField(note('text'))).toBe(4);
	expect(await count(noteIs12('text'))).toBe(2);
});

test('every number and truth reads as text, or as a choice, and as itself again after the way back', async () => {
	await population.fill(
		[
			person('a', { note: 0 }),
			person('b', { note: 154 }),
			person('c', { note: 10.5 }),
			person('d', { note: true }),
			person('e', { note: '1e3' }),
			person('f', { note: 12 }, true)
		],
		{ ...definitions, fields: new Map([...definitions.fields, ['note', note('number')]]) }
	);
	const stored = () =>
		population.database.rows(sql`select uid, fields, keys from contact order by uid`);
	const before = await stored();
	for (const type of ['text', 'select'] as const) {
		expect(await api.tryType('note', type)).toEqual({ values: 6, lost: 0, examples: [] });
		expect(await api.rekeyField(note(type))).toBe(6);
		expect(await api.rekeyField(note(type))).toBe(0);
		expect(await api.fieldUse(note(type))).toMatchObject({
			...{ filled: 5, distinct: 5, unreadable: 0 },
			top: expect.arrayContaining([
				{ value: '0', count: 1 },
				{ value: '154', count: 1 },
				{ value: 'true', count: 1 },
				{ value: '1e3', count: 1 }
			])
		});
		await api.rekeyField(note('number'));
		expect((await api.fieldUse(note('number'))).unreadable).toBe(1);
		await api.rekeyField(note('boolean'));
		await api.rekeyField(note('number'));
		expect(await stored()).toEqual(before);
	}
	await api.rekeyField(note('text'));
	expect(await count(noteIs12('text'))).toBe(0);
	expect((await api.contactProfile('b'))!.contact.values.note).toBe('154');
});

test('values of JSON become choices and come back, and those that are none are told', async () => {
	const profile = (type: Field['type']): Field => ({ id: 'profile', name: 'Profile', type });
	await population.fill(
		[
			person('a', { profile: ['x', 'Y'] }),
			person('b', { profile: { a: 'x' } }),
			person('c', { profile: 'x' })
		],
		definitions
	);
	const includesX: Rule = {
		type: 'condition',
		id: NodeId.parse('x'),
		condition: {
			kind: 'field',
			field: 'profile',
			of: 'multiselect',
			test: { operator: 'includesAny', values: ['x'] }
		}
	};
	expect(await api.fieldUse(profile('json'))).toMatchObject({
		filled: 2,
		distinct: 2,
		unreadable: 1
	});
	expect(await api.tryType('profile', 'multiselect')).toMatchObject({ values: 3, lost: 2 });
	// A list of texts is asked about as choices are, before and after.
	expect(await count(includesX)).toBe(1);
	expect(await api.rekeyField(profile('multiselect'))).toBe(2);
	expect(await count(includesX)).toBe(1);
	expect(await api.rekeyField(profile('text'))).toBe(2);
	expect(await count(includesX)).toBe(0);
	expect(await api.tryType('profile', 'json')).toMatchObject({ values: 3, lost: 1 });
	expect(await api.rekeyField(profile('json'))).toBe(3);
	expect(await count(includesX)).toBe(1);
});

test('other fields are not touched by a change of type', async () => {
	const others = () =>
		population.database.rows(
			sql`select cno, fields - 'note' as fields, keys - 'note' as keys from contact order by cno`
		);
	const before = await others();
	await api.rekeyField(note('number'));
	expect(await others()).toEqual(before);
});

test('erased values are gone, from what is shown and from what is compared', async () => {
	expect(await api.eraseField('note')).toBe(4);
	expect(await count(noteIs12('text'))).toBe(0);
	expect(await api.tryType('note', 'text')).toEqual({ values: 0, lost: 0, examples: [] });
	expect((await api.contactProfile('a'))!.contact.values).toMatchObject({ score: 3, plan: 'gold' });
});
