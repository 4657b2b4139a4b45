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

const isVip: Rule = {
	type: 'condition',
	id: NodeId.parse('vip'),
	condition: { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } }
};
const count = async () => (await api.countRules([isVip], moment)).counts[0]!;
const use = async (id: string) => (await api.tagUses()).find((tag) => tag.id === id);

test('people with a tag are counted as rules count them, without archived ones', async () => {
	const rows = await population.database.rows<{ cno: number; at: Date }>(
		sql`select cno, at from contact_tag where tag = 't-vip'`
	);
	expect((await use('t-vip'))!.people).toBe(await count());
	expect((await use('t-vip'))!.first).toBe(
		new Date(Math.min(...rows.map(({ at }) => at.getTime()))).toISOString()
	);
	await api.changeContacts('put', { type: 'archive' }, { type: 'these', cnos: [0] }, moment);
	expect((await use('t-vip'))!.people).toBe(await count());
	expect(await use('t-unknown')).toBeUndefined();
});

test('a tag that is deleted loses its people, archived ones too, and Undo puts them back', async () => {
	await api.changeContacts('gone', { type: 'archive' }, { type: 'these', cnos: [0] }, moment);
	const members = () => population.database.rows(sql`select * from contact_tag order by tag, cno`);
	const before = await members();
	const counted = await count();
	const inIt = before.filter((row) => (row as { tag: string }).tag === 't-vip').length;
	expect(await api.dropTag('drop', 't-vip', moment.now)).toBe(inIt);
	expect(await use('t-vip')).toBeUndefined();
	expect(await count()).toBe(0);
	expect(await api.undoContacts('undo', 'drop')).toBe(inIt);
	expect(await members()).toEqual(before);
	expect(await count()).toBe(counted);
});
