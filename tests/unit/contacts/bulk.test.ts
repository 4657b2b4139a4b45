import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BulkAct } from '$lib/contacts/bulk';
import type { ContactPick } from '$lib/contacts/pick';
import { createApi, type EngineApi } from '$lib/engine/api';
import type { EngineNews } from '$lib/engine/protocol';
import { NodeId, type Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

let population: Population;
let api: EngineApi;
let news: EngineNews[] = [];
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, (said) => news.push(said));
}, 60_000);
afterAll(() => population.close());
beforeEach(() => population.fill(people, definitions));

let writes = 0;
const write = () => `write ${writes++}`;
const condition = (condition: Extract<Rule, { type: 'condition' }>['condition']): Rule => ({
	type: 'condition',
	id: NodeId.parse('c'),
	condition
});
const vip = condition({ kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } });
const inNews = condition({ kind: 'list', test: { operator: 'inAny', lists: ['l-news'] } });
const notVip = condition({ kind: 'tag', test: { operator: 'noneOf', tags: ['t-vip'] } });

const names = async (rule: Rule) => {
	const { contacts } = await api.contactPage({ rule, offset: 0, limit: 100 }, moment);
	return contacts.map(({ uid }) => uid).sort();
};
const counts = async () => {
	const { everyone, counts } = await api.countRules([vip, inNews, notVip], moment);
	return [everyone, ...counts];
};
const all = (of: { rule?: Rule; search?: string; archived?: boolean } = {}): ContactPick => ({
	type: 'all',
	of,
	except: []
});
const these = (...cnos: number[]): ContactPick => ({ type: 'these', cnos });
const change = (act: BulkAct, pick: ContactPick, id = write()) =>
	api.changeContacts(id, act, pick, moment);
const rows = async () => ({
	tags: await population.database.rows(sql`select * from contact_tag order by tag, cno`),
	lists: await population.database.rows(sql`select * from list_member order by list, cno`),
	archived: await population.database.rows(
		sql`select cno, archived_at from contact where archived_at is not null order by cno`
	)
});
const tag: BulkAct = { type: 'add', to: 'tag', id: 't-vip' };

test('tagging counts only those who had not the tag, and every count follows', async () => {
	const [everyone, before] = await counts();
	expect(await change(tag, all())).toBe(everyone! - before!);
	expect(await counts()).toEqual([everyone, everyone, expect.any(Number), 0]);
	expect(await change(tag, all())).toBe(0);
});

test('each change is taken back to the row, with its dates', async () => {
	const acts: [BulkAct, ContactPick][] = [
		[tag, all()],
		[{ type: 'remove', from: 'tag', id: 't-vip' }, all()],
		[{ type: 'add', to: 'list', id: 'l-news' }, all()],
		[{ type: 'remove', from: 'list', id: 'l-news' }, all()],
		[{ type: 'archive' }, all({ rule: vip })],
		[{ type: 'restore' }, all({ archived: true })]
	];
	for (const [act, pick] of acts) {
		const before = await rows();
		const countsBefore = await counts();
		const id = write();
		const changed = await change(act, pick, id);
		expect(changed, JSON.stringify(act)).toBeGreaterThan(0);
		expect(await rows()).not.toEqual(before);
		expect(await api.undoContacts(write(), id)).toBe(changed);
		expect(await rows()).toEqual(before);
		expect(await counts()).toEqual(countsBefore);
	}
}, 30_000);

test('undo leaves alone who was tagged before, and what was done since', async () => {
	const before = await names(vip);
	const id = write();
	await change(tag, all(), id);
	await change({ type: 'remove', from: 'tag', id: 't-vip' }, these(0));
	await api.undoContacts(write(), id);
	expect(await names(vip)).toEqual(before.filter((name) => name !== 'ada'));
});

test('all that are asked for is without those taken out, and of the rule and search', async () => {
	const everyone = (await counts())[0]!;
	const pick: ContactPick = { type: 'all', of: { rule: notVip }, except: [1] };
	const notYet = (await names(notVip)).length;
	expect(await change(tag, pick)).toBe(notYet - 1);
	expect(await names(notVip)).toEqual(['bo']);
	expect(await change({ type: 'archive' }, all({ search: 'ada@' }))).toBe(1);
	expect((await counts())[0]).toBe(everyone - 1);
});

test('a second call of one write goes on with the people of the first', async () => {
	const id = write();
	const changed = await change(tag, all({ rule: notVip }), id);
	expect(await names(notVip)).toEqual([]);
	await change({ type: 'remove', from: 'tag', id: 't-vip' }, these(1));
	expect(await change(tag, all({ rule: notVip }), id)).toBe(changed);
	expect(await names(notVip)).toEqual(['bo']);
});

test('archived contacts leave every count and come back with Restore', async () => {
	const before = await counts();
	await change({ type: 'archive' }, these(0, 1));
	expect((await counts())[0]).toBe(before[0]! - 2);
	expect(await names(vip)).not.toContain('ada');
	expect(await change({ type: 'restore' }, these(0, 1))).toBe(2);
	expect(await counts()).toEqual(before);
});

test('more contacts than fit one transaction are changed in several, told of, and all taken back', async () => {
	await population.database.bulk((tx) =>
		tx.run(sql`insert into contact(cno, uid, created_at, updated_at)
			select n, 'many ' || n, now(), now() from generate_series(100, 60100) as n`)
	);
	const before = await counts();
	news = [];
	const id = write();
	const changed = await change(tag, all(), id);
	expect(changed).toBe(before[0]! - before[1]!);
	const progress = news.filter((said) => said.type === 'progress');
	expect(progress.map(({ job, done, total }) => [job, done, total])).toEqual([
		[id, 50_000, before[0]],
		[id, before[0], before[0]]
	]);
	expect((await counts())[1]).toBe(before[0]);
	expect(await api.undoContacts(write(), id)).toBe(changed);
	expect(await counts()).toEqual(before);
}, 60_000);
