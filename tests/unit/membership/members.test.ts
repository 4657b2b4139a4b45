import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowOf } from '$lib/contacts/contact';
import { contactsByCno, putContacts } from '$lib/contacts/queries';
import { countNodes, evaluate } from '$lib/membership/evaluate';
import { MemberCache } from '$lib/membership/members';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type DraftRule, type Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';
import { randomRule } from '../../fixtures/random-rules';

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());

const id = (text: string) => NodeId.parse(text);
const leaf = (node: string, condition: { kind: string } & Record<string, unknown>): DraftRule => ({
	type: 'condition',
	id: id(node),
	condition
});
const swiss = leaf('swiss', {
	kind: 'field',
	field: 'country',
	of: 'text',
	test: { operator: 'is', value: 'CH' }
});
const vip = leaf('vip', { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } });
const ordered = leaf('ordered', { kind: 'event', types: ['order_placed'], did: true });
const group = (node: string, match: string, ...children: DraftRule[]): DraftRule => ({
	type: 'group',
	id: id(node),
	match,
	children
});
const parsed = (draft: DraftRule): Rule => {
	const rule = parseRule(draft, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return rule.value;
};

test('every node is counted alone and in its place, from the same sets', async () => {
	await population.fill(people, definitions);
	const rule = parsed(
		group('root', 'all', group('any', 'any', swiss, vip), ordered, group('but', 'none', vip))
	);
	const { funnel } = await countNodes(rule, await population.cache.at(moment));
	expect(funnel.everyone).toBe(5);
	// ada, cy are Swiss; ada, dee are tagged vip; ada, cy ordered.
	expect(Object.fromEntries(funnel.nodes)).toEqual({
		swiss: { alone: 2, after: 2 },
		// The last of two nodes with this id: in the excluding group, where everyone but them is left.
		vip: { alone: 2, after: 3 },
		any: { alone: 3, after: 3 },
		ordered: { alone: 2, after: 2 },
		but: { alone: 3, after: 1 },
		root: { alone: 1, after: 1 }
	});
	expect(funnel.total).toBe(1);
});

test('an edit of one contact moves every count that it should, without asking for the rest again', async () => {
	await population.fill(people, definitions);
	const { database, cache } = population;
	const count = async (rule: Rule) => (await evaluate(rule, await cache.at(moment))).count;
	const both = parsed(group('root', 'all', swiss, vip));
	expect(await count(both)).toBe(1);

	const [, , cy] = await contactsByCno(database, [0, 1, 2]);
	await database.write('tag cy', (tx) =>
		tx.run(sql`insert into contact_tag values ('t-vip', 2, now())`)
	);
	expect(await count(both)).toBe(2);
	await database.write('move cy', (tx) =>
		putContacts(tx, [
			rowOf({ ...cy!, values: { ...cy!.values, country: 'DE' } }, definitions.fields)
		])
	);
	expect(await count(both)).toBe(1);
	await database.write('archive ada', (tx) =>
		tx.run(sql`update contact set archived_at = now() where cno = 0`)
	);
	expect(await count(both)).toBe(0);
	await database.write('new', (tx) =>
		putContacts(tx, [
			rowOf({ ...cy!, cno: 40, uid: 'new', values: cy!.values }, definitions.fields)
		])
	);
	// ada is archived and cy moved away; the new one is as cy was.
	expect(await count(parsed(swiss))).toBe(1);
});

test(
	'after random writes the kept sets are those a fresh cache would ask for',
	{ timeout: 120_000 },
	async () => {
		await population.fill(people, definitions);
		const { database, cache } = population;
		const moves = fc.constantFrom(
			(cno: number) =>
				sql`update contact set country = 'CH', country_key = 'ch' where cno = ${cno}::int`,
			(cno: number) =>
				sql`update contact set country = null, country_key = null where cno = ${cno}::int`,
			(cno: number) =>
				sql`insert into contact_tag values ('t-vip', ${cno}::int, now()) on conflict do nothing`,
			(cno: number) => sql`delete from contact_tag where cno = ${cno}::int`,
			(cno: number) => sql`delete from list_member where cno = ${cno}::int`,
			(cno: number) =>
				sql`update contact set archived_at = case when archived_at is null then now() end where cno = ${cno}::int`,
			(cno: number) => sql`delete from event where cno = ${cno}::int`,
			(cno: number) => sql`update event set cno = (${cno}::int + 1) % 6 where cno = ${cno}::int`
		);
		let write = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.array(randomRule, { minLength: 3, maxLength: 3 }),
				fc.array(fc.tuple(moves, fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 6 }),
				async (drafts, steps) => {
					const rules = drafts
						.map((draft) => parseRule(draft, definitions))
						.flatMap((rule) => (rule.ok ? [rule.value] : []));
					for (const [move, cno] of steps) {
						for (const rule of rules) await evaluate(rule, await cache.at(moment));
						await database.write(`move ${write++}`, (tx) => tx.run(move(cno)));
					}
					const fresh = new MemberCache(database);
					for (const rule of rules) {
						const kept = await evaluate(rule, await cache.at(moment));
						const asked = await evaluate(rule, await fresh.at(moment));
						expect([...kept]).toEqual([...asked]);
					}
				}
			),
			{ numRuns: 25, seed: 11 }
		);
	}
);
