import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contactOf, rowOf, type ContactRow } from '$lib/contacts/contact';
import { putContacts } from '$lib/contacts/queries';
import type { Database } from '$lib/db/db';
import { eventRowOf } from '$lib/events/contact-event';
import { addEvents } from '$lib/events/queries';
import { countNodes, evaluate } from '$lib/membership/evaluate';
import { MemberCache } from '$lib/membership/members';
import { Mirrors } from '$lib/membership/mirrors';
import { conditionsOf } from '$lib/rules/conditions-of';
import { scanOf } from '$lib/rules/conditions/scans';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type DraftRule, type Rule } from '$lib/rules/rule';
import { render, sql, type Sql } from '$lib/sql';
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
	const funnel = await countNodes(rule, await population.cache.at(moment));
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

	const [kept] = await database.rows<{ row: ContactRow }>(
		sql`select to_jsonb(contact) as row from contact where cno = 2`
	);
	const cy = contactOf(kept!.row);
	await database.write('tag cy', (tx) =>
		tx.run(sql`insert into contact_tag values ('t-vip', 2, now())`)
	);
	expect(await count(both)).toBe(2);
	await database.write('move cy', (tx) =>
		putContacts(tx, [rowOf({ ...cy, values: { ...cy.values, country: 'DE' } }, definitions.fields)])
	);
	expect(await count(both)).toBe(1);
	await database.write('archive ada', (tx) =>
		tx.run(sql`update contact set archived_at = now() where cno = 0`)
	);
	expect(await count(both)).toBe(0);
	await database.write('new', (tx) =>
		putContacts(tx, [rowOf({ ...cy, cno: 40, uid: 'new', values: cy.values }, definitions.fields)])
	);
	// ada is archived and cy moved away; the new one is as cy was.
	expect(await count(parsed(swiss))).toBe(1);
});

/** The database of a population, with what is asked of it written down and refused while `broken`. */
function watched({ database }: Population) {
	const watch = { asked: [] as string[], broken: false };
	const heard = (query: Sql) => {
		watch.asked.push(render(query).text);
		if (watch.broken) throw new Error('no answer');
	};
	const rows: Database['rows'] = async (query) => (heard(query), database.rows(query));
	const copyOut: Database['copyOut'] = async (query) => (heard(query), database.copyOut(query));
	return { watch, cache: new MemberCache({ ...database, rows, copyOut }) };
}

const addOrder = (write: string, cno: number) =>
	population.database.write(write, (tx) =>
		addEvents(tx, [
			eventRowOf(
				{
					id: write,
					cno,
					type: 'order_placed',
					at: new Date(moment.now - 1000).toISOString(),
					properties: {}
				},
				definitions.eventTypes
			)
		])
	);

test('a question that fails while a change is taken in is asked again by the next', async () => {
	await population.fill(people, definitions);
	const { watch, cache } = watched(population);
	const rule = parsed(ordered);
	const count = async () => (await evaluate(rule, await cache.at(moment))).count;
	expect(await count()).toBe(2);

	await addOrder('while broken', 3);
	watch.broken = true;
	await expect(count()).rejects.toThrow('no answer');
	watch.broken = false;
	expect(await count()).toBe(3);
});

test('a write asks nothing by itself, and of a passed moment nothing ever again', async () => {
	await population.fill(people, definitions);
	const { watch, cache } = watched(population);
	const rules = [
		...Array.from({ length: 10 }, (_, i) =>
			parsed(
				leaf(`e${i}`, {
					kind: 'event',
					types: ['order_placed'],
					did: true,
					count: { operator: 'atLeast', n: i + 1 }
				})
			)
		),
		parsed(vip)
	];
	const countAll = async (now: number) => {
		const members = await cache.at({ ...moment, now });
		await members.prepare(rules.flatMap(conditionsOf));
		for (const rule of rules) await evaluate(rule, members);
	};
	for (let minute = 0; minute < 40; minute++) await countAll(moment.now + minute * 60_000);

	watch.asked = [];
	await addOrder('one more order', 3);
	expect(watch.asked).toEqual([]);
	// Time has passed: it is asked whom that concerns, and then about the one who ordered, each once for all.
	await countAll(moment.now + 40 * 60_000);
	expect(watch.asked).toHaveLength(2);
	for (const text of watch.asked.slice(1)) expect(text).toContain('cno = any(');
	// At the same moment only whom a write changed is asked about.
	watch.asked = [];
	await addOrder('and one more', 3);
	await countAll(moment.now + 40 * 60_000);
	expect(watch.asked).toHaveLength(1);
	for (const text of watch.asked) expect(text).toContain('cno = any(');
});

test('what takes a pass through all contacts is asked for together, and comes to the same', async () => {
	await population.fill(people, definitions);
	const { watch, cache } = watched(population);
	const lasting = (days: number) =>
		parsed(
			leaf(`c${days}`, {
				kind: 'field',
				field: 'created_at',
				of: 'datetime',
				test: { operator: 'moreThanAgo', n: days, unit: 'day' }
			})
		);
	const rules = [swiss, vip, ordered].map(parsed).concat([1, 10, 100, 1000].map(lasting));
	const members = await cache.at(moment);
	watch.asked = [];
	await members.prepare(rules.flatMap(conditionsOf));
	expect(watch.asked).toHaveLength(1);
	const alone = await new MemberCache(population.database).at(moment);
	for (const rule of rules)
		expect([...(await evaluate(rule, members))]).toEqual([...(await evaluate(rule, alone))]);
	// The four were ready; the other three are answered by an index each.
	expect(watch.asked).toHaveLength(4);
});

test('questions at once wait for one patch, and see the changes that come meanwhile', async () => {
	await population.fill(people, definitions);
	const { cache } = population;
	const rule = parsed(ordered);
	const count = async () => (await evaluate(rule, await cache.at(moment))).count;
	expect(await count()).toBe(2);
	await addOrder('dee orders', 3);
	const before = count();
	const written = addOrder('eve orders', 4);
	const after = written.then(count);
	expect(await before).toBeGreaterThanOrEqual(3);
	expect(await after).toBe(4);
	expect(await Promise.all([count(), count()])).toEqual([4, 4]);
});

test(
	'after random writes the kept sets, and those of mirrors read before, are those the database gives',
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
					const mirrors = new Mirrors(database, { rest: 0 });
					for (const condition of rules.flatMap(conditionsOf))
						mirrors.want(scanOf(condition, moment)?.parts ?? []);
					await mirrors.settled();
					for (const [move, cno] of steps) {
						for (const rule of rules) await evaluate(rule, await cache.at(moment));
						await database.write(`move ${write++}`, (tx) => tx.run(move(cno)));
					}
					const fresh = new MemberCache(database);
					const mirrored = new MemberCache(database, mirrors);
					for (const rule of rules) {
						const kept = await evaluate(rule, await cache.at(moment));
						const asked = await evaluate(rule, await fresh.at(moment));
						expect([...kept]).toEqual([...asked]);
						const scanned = await evaluate(rule, await mirrored.at(moment));
						expect([...scanned]).toEqual([...asked]);
					}
				}
			),
			{ numRuns: 25, seed: 11 }
		);
	}
);
