import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ContactPageAsk } from '$lib/contacts/queries';
import { displayName } from '$lib/contacts/contact';
import { createApi, type EngineApi } from '$lib/engine/api';
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

const person = (name: string, more: Partial<NamedPerson> = {}): NamedPerson => ({
	name,
	archived: false,
	fields: { first_name: name },
	tags: [],
	lists: [],
	events: [],
	...more
});

beforeEach(() =>
	population.fill(
		[
			person('Zoë', { fields: { first_name: 'Zoë', last_name: 'Ackermann', country: 'CH' } }),
			person('adam', { fields: { first_name: 'adam', email: 'adam@example.com', score: 5 } }),
			person('mail', { fields: { email: 'Bea@Example.org', company: 'Adamant AG', score: 40 } }),
			person('gone', { archived: true, fields: { first_name: 'Gone Adam' } }),
			person('nobody', { fields: {}, tags: ['t-vip', 't-new'] })
		],
		definitions
	)
);

const tagged: Rule = {
	type: 'condition',
	id: NodeId.parse('tagged'),
	condition: { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } }
};
const page = async (ask: Partial<ContactPageAsk> = {}) => {
	const { total, contacts } = await api.contactPage({ offset: 0, limit: 10, ...ask }, moment);
	return { total, names: contacts.map(({ uid }) => uid) };
};
const sorted = async (by: string, descending = false, family?: 'number') =>
	(await page({ sort: { by, descending, family } })).names;

test('without an order who was added last comes first, and archived contacts are not there', async () => {
	expect(await page()).toEqual({ total: 4, names: ['nobody', 'mail', 'adam', 'Zoë'] });
	expect(await page({ offset: 1, limit: 2 })).toEqual({ total: 4, names: ['mail', 'adam'] });
	expect(await page({ offset: 4 })).toEqual({ total: 4, names: [] });
});

test('by name is by the name that is shown; who has none comes last either way', async () => {
	const { contacts } = await api.contactPage(
		{ offset: 0, limit: 10, sort: { by: 'name', descending: false } },
		moment
	);
	expect(contacts.map(displayName)).toEqual([
		'adam',
		'Bea@Example.org',
		'Zoë Ackermann',
		'No name'
	]);
	expect(await sorted('name', true)).toEqual(['Zoë', 'mail', 'adam', 'nobody']);
});

test('sorts by standard and by custom fields, numbers as numbers', async () => {
	expect(await sorted('email')).toEqual(['adam', 'mail', 'Zoë', 'nobody']);
	expect(await sorted('score', false, 'number')).toEqual(['adam', 'mail', 'Zoë', 'nobody']);
	expect(await sorted('score', true, 'number')).toEqual(['mail', 'adam', 'nobody', 'Zoë']);
	expect(await sorted('country')).toEqual(['Zoë', 'adam', 'mail', 'nobody']);
});

test('all words of a search must stand in name, address or company, in any letter case', async () => {
	expect(await page({ search: 'ADAM' })).toEqual({ total: 2, names: ['mail', 'adam'] });
	expect(await page({ search: ' adam  ag ' })).toEqual({ total: 1, names: ['mail'] });
	expect(await page({ search: 'zoë acker' })).toEqual({ total: 1, names: ['Zoë'] });
	expect(await page({ search: 'adam', sort: { by: 'name', descending: false } })).toEqual({
		total: 2,
		names: ['adam', 'mail']
	});
	expect(await page({ search: '%' })).toEqual({ total: 0, names: [] });
});

test('a longer search gives the same after a shorter one as by itself', async () => {
	await page({ search: 'a' });
	await page({ search: 'ad' });
	expect(await page({ search: 'ada .com' })).toEqual({ total: 1, names: ['adam'] });
	await api.editContact(
		'rename',
		1,
		[{ field: definitions.fields.get('first_name')!, value: 'Bert' }],
		moment.now
	);
	expect((await page({ search: 'ada .com' })).names).toEqual(['adam']);
	expect((await page({ search: 'bert' })).names).toEqual(['adam']);
});

test('only members of a rule, or the archived ones instead', async () => {
	expect(await page({ rule: tagged })).toEqual({ total: 1, names: ['nobody'] });
	expect(await page({ archived: true })).toEqual({ total: 1, names: ['gone'] });
	expect(await page({ archived: true, search: 'zoë' })).toEqual({ total: 0, names: [] });
});

test('the rows have tags and lists', async () => {
	const { contacts } = await api.contactPage({ rule: tagged, offset: 0, limit: 1 }, moment);
	expect(contacts[0]!.tags).toEqual(['t-new', 't-vip']);
	expect(contacts[0]!.lists).toEqual([]);
});

test('the numbers from one row to another are those of the rows', async () => {
	const ask = { sort: { by: 'name', descending: false }, offset: 1, limit: 2 };
	const { contacts } = await api.contactPage(ask, moment);
	expect(await api.contactNumbers(ask, moment)).toEqual(contacts.map(({ cno }) => cno));
});

test('an edited contact moves to its place, a new one gets one, and one that is gone leaves it', async () => {
	const names: Record<number, string> = {};
	const field = definitions.fields.get('last_name')!;
	const add = (i: number, name: string) =>
		api.addContact(
			`add ${i} ${name}`,
			{ uid: `n${i}`, values: [{ field, value: name }], tags: [], lists: [] },
			moment.now
		);
	// More than are compared with at once, so that places are looked for in several rounds.
	for (let i = 0; i < 300; i++) {
		const name = `name ${String((i * 7919) % 1000).padStart(4, '0')}`;
		names[await add(i, name)] = name;
	}
	const expected = () =>
		Object.entries(names)
			.sort(([a, first], [b, second]) => (first < second ? -1 : first > second ? 1 : +a - +b))
			.map(([cno]) => +cno);
	const shown = async () =>
		(
			await api.contactNumbers(
				{ search: 'name', sort: { by: 'name', descending: false }, offset: 0, limit: 1000 },
				moment
			)
		).filter((cno) => cno in names);
	expect(await shown()).toEqual(expected());

	const targets = ['name 0000', 'name 9999', 'name 0500', 'name 0500', 'name 0007'];
	for (const [i, name] of targets.entries()) {
		const cno = +Object.keys(names)[i * 50]!;
		await api.editContact(`move ${i}`, cno, [{ field, value: name }], moment.now);
		names[cno] = name;
		expect(await shown()).toEqual(expected());
	}
	for (const [i, name] of ['name 0300', 'name 0301', 'name 9998'].entries())
		names[await add(1000 + i, name)] = name;
	const [gone] = Object.keys(names).map(Number);
	delete names[gone!];
	await population.database.write('erase', (tx) =>
		tx.run(sql`delete from contact where cno = ${gone!}::int`)
	);
	expect(await shown()).toEqual(expected());
}, 30_000);
