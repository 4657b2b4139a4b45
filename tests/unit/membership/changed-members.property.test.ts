import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queryable } from '$lib/db/db';
import { changedMembers } from '$lib/membership/changed-members';
import { countsOf, setsOf } from '$lib/membership/evaluate';
import { MemberCache } from '$lib/membership/members';
import { compileCondition } from '$lib/rules/compile';
import { conditionsOf } from '$lib/rules/conditions-of';
import { scanOf } from '$lib/rules/conditions/scans';
import { parseRule } from '$lib/rules/parse';
import { Population } from '../../fixtures/population';
import {
	randomDefinitions,
	randomMoment,
	randomPeople,
	randomRule
} from '../../fixtures/random-rules';

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());

const randomRules = fc.array(randomRule, { minLength: 12, maxLength: 12 });

test(
	'of some contacts an excerpt gives those whom the statement gives',
	{ timeout: 180_000 },
	async () => {
		const { database } = population;
		const compared = new Map<string, number>();
		await fc.assert(
			fc.asyncProperty(
				randomPeople,
				randomRules,
				// Numbers that nobody has are asked about too: who was deleted is in no set.
				fc.uniqueArray(fc.nat(8), { minLength: 1, maxLength: 6 }),
				async (people, drafts, cnos) => {
					await population.fill(people, randomDefinitions);
					const conditions = drafts
						.map((draft) => parseRule(draft, randomDefinitions))
						.flatMap((rule) => (rule.ok ? conditionsOf(rule.value) : []));
					const questions = conditions.map((condition) => ({
						select: compileCondition(condition, randomMoment).select,
						scan: scanOf(condition, randomMoment),
						cnos
					}));
					const isThere = (cno: number) => cno < people.length;
					const found = await changedMembers(database, questions);
					const bySql = await changedMembers(
						database,
						questions.map((question) => ({ ...question, scan: undefined }))
					);
					for (const [i, condition] of conditions.entries()) {
						expect([...found[i]!].filter(isThere).sort(), JSON.stringify(condition)).toEqual(
							[...bySql[i]!].sort()
						);
						if (questions[i]!.scan)
							compared.set(condition.kind, (compared.get(condition.kind) ?? 0) + 1);
					}
				}
			),
			{ numRuns: 40, seed: 50, endOnFailure: true }
		);
		for (const kind of ['field', 'event', 'aggregate', 'first', 'last', 'tag', 'list'])
			expect([kind, compared.get(kind) ?? 0]).toEqual([
				kind,
				expect.toSatisfy((n: number) => n > 20)
			]);
	}
);

test('however many conditions are asked that a mirror can answer, few statements are', async () => {
	await fc.assert(
		fc.asyncProperty(randomPeople, randomRules, async (people, drafts) => {
			await population.fill(people, randomDefinitions);
			let asked = 0;
			const counting: Queryable = {
				...population.database,
				rows: (query) => (asked++, population.database.rows(query)),
				copyOut: (query) => (asked++, population.database.copyOut(query))
			};
			const questions = drafts
				.map((draft) => parseRule(draft, randomDefinitions))
				.flatMap((rule) => (rule.ok ? conditionsOf(rule.value) : []))
				.flatMap((condition) => {
					const scan = scanOf(condition, randomMoment);
					const { select } = compileCondition(condition, randomMoment);
					return scan ? [{ select, scan, cnos: [0, 1] }] : [];
				});
			await changedMembers(counting, questions);
			// Events, the keys of their references, fields, tags, lists; and what sums are too large for.
			expect(asked).toBeLessThanOrEqual(6);
		}),
		{ numRuns: 10, seed: 51 }
	);
});

test('a rule has as many members as are counted', async () => {
	let compared = 0;
	await fc.assert(
		fc.asyncProperty(randomPeople, randomRules, async (people, drafts) => {
			await population.fill(people, randomDefinitions);
			const rules = drafts
				.map((draft) => parseRule(draft, randomDefinitions))
				.flatMap((rule) => (rule.ok ? [rule.value] : []));
			const members = await new MemberCache(population.database).at(randomMoment);
			const sets = await setsOf(rules, members);
			expect(await countsOf(rules, members)).toEqual(sets.map(({ count }) => count));
			compared += sets.filter(({ count }) => count > 0 && count < people.length).length;
		}),
		{ numRuns: 20, seed: 52 }
	);
	expect(compared).toBeGreaterThan(40);
});
