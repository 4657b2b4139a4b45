import { afterAll, beforeAll, expect, test } from 'vitest';
import { ruleOfPick } from '$lib/contacts/export-rule';
import type { ContactsAsk } from '$lib/contacts/pick';
import { hasTag } from '$lib/contacts/within';
import { createApi, type EngineApi } from '$lib/engine/api';
import { definitions, moment } from '../../fixtures/people';
import { Population, type NamedPerson } from '../../fixtures/population';

const person = (name: string, more: Partial<NamedPerson>): NamedPerson => ({
	name,
	archived: false,
	fields: {},
	tags: [],
	lists: [],
	events: [],
	...more
});
const people = [
	person('zoe', { fields: { first_name: 'Zoë', company: 'Adam & Co' }, tags: ['t-vip'] }),
	person('adam', { fields: { first_name: 'adam', email: 'adam@example.com' }, tags: ['t-vip'] }),
	person('bea', { fields: { email: 'Bea@Example.org', last_name: 'Adamant' } }),
	person('gone', { archived: true, fields: { first_name: 'Adam' }, tags: ['t-vip'] })
];

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, () => {});
	await population.fill(people, definitions);
}, 60_000);
afterAll(() => population.close());

const asks: readonly ContactsAsk[] = [
	{},
	{ search: 'adam' },
	{ search: ' ADAM  example ' },
	{ search: 'nobody' },
	{ rule: hasTag('t-vip') },
	{ rule: hasTag('t-vip'), search: 'zoë' }
];

test.each(asks)('all that are found by %j are the members of its rule', async (of) => {
	const found = await api.contactPage({ ...of, offset: 0, limit: 10 }, moment);
	const rule = ruleOfPick({ type: 'all', of, except: [] })!;
	const members = await api.contactPage({ rule, offset: 0, limit: 10 }, moment);
	expect(members).toEqual(found);
});

test('those picked one by one, those left after some were taken out, and archived ones have none', () => {
	expect(ruleOfPick({ type: 'these', cnos: [1] })).toBeUndefined();
	expect(ruleOfPick({ type: 'all', of: {}, except: [1] })).toBeUndefined();
	expect(ruleOfPick({ type: 'all', of: { archived: true }, except: [] })).toBeUndefined();
});
