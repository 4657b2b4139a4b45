import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

test(
	'SQL, bitmaps and the plain evaluator find the same members of any rule',
	{ timeout: 180_000 },
	async () => {
		let compared = 0;
		let inhabited = 0;
		await fc.assert(
			fc.asyncProperty(
				randomPeople,
				fc.array(randomRule, { minLength: 12, maxLength: 12 }),
				async (people, drafts) => {
					await population.fill(people, randomDefinitions);
					for (const draft of drafts) {
						const rule = parseRule(draft, randomDefinitions);
						if (!rule.ok) {
							// All of it may be muted; nothing else is wrong with these rules.
							expect(rule.error.map(({ type }) => type)).toEqual(['NothingLeft']);
							continue;
						}
						const members = population.byOracle(rule.value, randomMoment);
						expect(await population.bySql(rule.value, randomMoment)).toEqual(members);
						expect(await population.byBitmap(rule.value, randomMoment)).toEqual(members);
						compared++;
						if (members.length > 0 && members.length < people.length) inhabited++;
					}
				}
			),
			{ numRuns: 40, seed: 2024 }
		);
		// Most of what was compared had somebody in it and somebody out of it.
		expect(compared).toBeGreaterThan(400);
		expect(inhabited).toBeGreaterThan(compared / 3);
	}
);
