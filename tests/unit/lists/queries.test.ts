import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApi, type EngineApi } from '$lib/engine/api';
import { NodeId, type Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, () => {});
}, 60_000);
afterAll(() => population.close());
beforeEach(() => population.fill(people, definitions));

const inNews: Rule = {
	type: 'condition',
	id: NodeId.parse('news'),
	condition: { kind: 'list', test: { operator: 'inAny', lists: ['l-news'] } }
};
const count = async () => (await api.countRules([inNews], moment)).counts[0]!;
const use = async (id: string) => (await api.listUses()).find((list) => list.id === id);

test('people in a list are counted as rules count them, without archived ones', async () => {
	const rows = await population.database.rows<{ cno: number; at: Date }>(
		sql`select cno, at from list_member where list = 'l-news'`
	);
	expect((await use('l-news'))!.people).toBe(await count());
	expect((await use('l-news'))!.latest).toBe(
		new Date(Math.max(...rows.map(({ at }) => at.getTime()))).toISOString()
	);
	await api.changeContacts('put', { type: 'archive' }, { type: 'these', cnos: [0] }, moment);
	expect((await use('l-news'))!.people).toBe(await count());
	expect(await use('l-unknown')).toBeUndefined();
});

test('a list that is deleted loses its people, archived ones too, and Undo puts them back', async () => {
	await api.changeContacts('gone', { type: 'archive' }, { type: 'these', cnos: [0] }, moment);
	const members = () => population.database.rows(sql`select * from list_member order by list, cno`);
	const before = await members();
	const counted = await count();
	const inIt = before.filter((row) => (row as { list: string }).list === 'l-news').length;
	expect(await api.dropList('drop', 'l-news', moment.now)).toBe(inIt);
	expect(await use('l-news')).toBeUndefined();
	expect(await count()).toBe(0);
	expect(await api.undoContacts('undo', 'drop')).toBe(inIt);
	expect(await members()).toEqual(before);
	expect(await count()).toBe(counted);
});
