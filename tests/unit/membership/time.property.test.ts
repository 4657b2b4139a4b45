import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluate } from '$lib/membership/evaluate';
import { MemberCache } from '$lib/membership/members';
import { Mirrors } from '$lib/membership/mirrors';
import { conditionsOf } from '$lib/rules/conditions-of';
import { scanOf } from '$lib/rules/conditions/scans';
import type { Condition } from '$lib/rules/conditions/registry';
import { parseRule } from '$lib/rules/parse';
import { leaf, type Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { Population } from '../../fixtures/population';
import { randomDefinitions } from '../../fixtures/random-rules';
import { peopleOf, ruleOf, worlds } from '../../fixtures/worlds';

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps of time, also back, over nothing and over years. */
const jumps = fc.oneof(
	fc.constantFrom(0, 1, -1, minute, -minute, day, -day, 30 * day, 366 * day),
	fc.integer({ min: -40 * day, max: 40 * day })
);

const writes = [
	(cno: number, at: Date) => sql`update event set at = ${at} where cno = ${cno}::int`,
	(cno: number) => sql`update event set cno = (${cno}::int + 1) % 6 where cno = ${cno}::int`,
	(cno: number, at: Date) => sql`update contact set created_at = ${at} where cno = ${cno}::int`,
	(cno: number, at: Date) => sql`update list_member set at = ${at} where cno = ${cno}::int`,
	(cno: number) => sql`delete from event where cno = ${cno}::int`,
	(cno: number) => sql`delete from contact_tag where cno = ${cno}::int`
];
const step = fc.record({
	jump: jumps,
	write: fc.option(
		fc.tuple(
			fc.constantFrom(...writes),
			fc.integer({ min: 0, max: 7 }),
			fc.integer({ min: -2 * day, max: 2 * day })
		)
	)
});

const membersOf = async (cache: MemberCache, rule: Rule, moment: Moment) => [
	...(await evaluate(rule, await cache.at(moment)))
];
const rulesOf = (drafts: Parameters<typeof parseRule>[0][]): Rule[] =>
	drafts.flatMap((draft) => {
		const rule = parseRule(draft, randomDefinitions);
		return rule.ok ? [rule.value] : [];
	});

test.each(worlds.slice(0, 4))(
	'whatever time it is, after whatever writes, the members are those one finds who asks afresh: $name',
	{ timeout: 240_000 },
	async (start) => {
		await population.fill(peopleOf(start, 31), randomDefinitions);
		const { database } = population;
		let write = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.array(ruleOf(start), { minLength: 4, maxLength: 4 }),
				fc.array(step, { minLength: 3, maxLength: 7 }),
				fc.boolean(),
				async (drafts, steps, isMirrored) => {
					const rules = rulesOf(drafts);
					const conditions = rules.flatMap(conditionsOf);
					const mirrors = new Mirrors(database, { rest: 0 });
					const cache = new MemberCache(database, mirrors);
					if (isMirrored)
						for (const condition of conditions) mirrors.want(scanOf(condition, start)?.parts ?? []);
					await mirrors.settled();
					let moment: Moment = start;
					for (const { jump, write: change } of steps) {
						if (change) {
							const [statement, cno, off] = change;
							const at = new Date(moment.now + off);
							await database.write(`${start.zone} ${write++}`, (tx) => tx.run(statement(cno, at)));
						}
						const before = moment;
						moment = { ...moment, now: moment.now + jump };
						if (isMirrored) await (await cache.at(moment)).prepare(conditions);
						const fresh = new MemberCache(database);
						for (const rule of rules) {
							// Questions of two moments at once.
							const [then, now] = await Promise.all([
								membersOf(cache, rule, before),
								membersOf(cache, rule, moment)
							]);
							expect([rule, now]).toEqual([rule, await membersOf(fresh, rule, moment)]);
							expect([rule, then]).toEqual([rule, await membersOf(fresh, rule, before)]);
						}
						await mirrors.settled();
					}
				}
			),
			{ numRuns: 6, seed: 7, endOnFailure: true }
		);
	}
);

test.each(worlds)(
	'nothing changes before the moment at which something may: $name',
	{ timeout: 240_000 },
	async (start) => {
		await population.fill(peopleOf(start, 32), randomDefinitions);
		const changes = { found: 0, asked: 0 };
		const step = async (condition: Condition, moment: Moment, part: number): Promise<number> => {
			const next = await population.cache.nextChange([condition], moment);
			expect(next).toBeGreaterThan(moment.now);
			expect(next).toBeLessThanOrEqual(moment.now + 49 * hour);
			const ask = (now: number) => population.byOracle(leaf(condition), { ...moment, now });
			const before = ask(moment.now);
			const probes = [part, part ** 4, 1].map((part) =>
				Math.floor(moment.now + part * (next - 1 - moment.now))
			);
			for (const now of probes)
				expect({ condition, moment, now, found: ask(now) }).toEqual({
					condition,
					moment,
					now,
					found: before
				});
			changes.asked++;
			if (String(ask(next)) !== String(before)) changes.found++;
			return next;
		};
		await fc.assert(
			fc.asyncProperty(
				ruleOf(start),
				fc.double({ min: 0, max: 1, noNaN: true }),
				async (draft, part) => {
					for (const condition of rulesOf([draft]).flatMap(conditionsOf))
						for (let i = 0, now = start.now; i < 3; i++)
							now = await step(condition, { ...start, now }, part);
				}
			),
			{ numRuns: 12, seed: 8, endOnFailure: true }
		);
		expect(changes.found).toBeGreaterThan(0);
	}
);

test.each(worlds.slice(0, 6))(
	'every change that comes is foreseen, to the millisecond: $name',
	{ timeout: 240_000 },
	async (start) => {
		await population.fill(peopleOf(start, 33), randomDefinitions);
		const foreseen = new Set<string>();
		await fc.assert(
			fc.asyncProperty(
				ruleOf(start),
				fc.integer({ min: 1, max: 60 * day }),
				async (draft, ahead) => {
					for (const condition of rulesOf([draft]).flatMap(conditionsOf)) {
						const ask = (now: number) =>
							String(population.byOracle(leaf(condition), { ...start, now }));
						const change = changeBetween(ask, start.now, start.now + ahead);
						if (change === undefined) continue;
						for (const before of [1, minute, 5 * hour, 3 * day]) {
							const now = change - before;
							const next = await population.cache.nextChange([condition], { ...start, now });
							expect({ condition, now, change, next }).toSatisfy(() => next <= change);
						}
						foreseen.add(condition.kind);
					}
				}
			),
			{ numRuns: 25, seed: 9, endOnFailure: true }
		);
		expect(foreseen.size).toBeGreaterThan(4);
	}
);

/** A moment at which the answer is another than a millisecond before, if it is another at the end than at the beginning. */
function changeBetween(ask: (now: number) => string, from: number, to: number): number | undefined {
	const first = ask(from);
	if (ask(to) === first) return;
	let [low, high] = [from, to];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (ask(middle) === first) low = middle;
		else high = middle;
	}
	return high;
}
