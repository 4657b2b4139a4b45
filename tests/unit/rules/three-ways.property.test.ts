import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseRule } from '$lib/rules/parse';
import { expectAgreement } from '../../fixtures/agreement';
import { Population } from '../../fixtures/population';
import { randomDefinitions } from '../../fixtures/random-rules';
import { peopleOf, ruleOf, worlds } from '../../fixtures/worlds';

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());

const counts = { compared: 0, inhabited: 0 };

test.each(worlds)(
	'SQL, bitmaps and the plain evaluator find the same members of any rule: $name',
	{ timeout: 180_000 },
	async (moment) => {
		for (const seed of [2024, 2025]) {
			const people = peopleOf(moment, seed);
			await population.fill(people, randomDefinitions);
			await fc.assert(
				fc.asyncProperty(ruleOf(moment), async (draft) => {
					const rule = parseRule(draft, randomDefinitions);
					if (!rule.ok) {
						// All of it may be muted; nothing else is wrong with these rules.
						expect(rule.error.map(({ type }) => type)).toEqual(['NothingLeft']);
						return;
					}
					const plain = population.byOracle(rule.value, moment);
					const found = {
						'the plain evaluator': plain,
						SQL: await population.bySql(rule.value, moment),
						bitmaps: await population.byBitmap(rule.value, moment)
					};
					expectAgreement(draft, found, people, moment);
					counts.compared++;
					if (plain.length > 0 && plain.length < people.length) counts.inhabited++;
				}),
				{ numRuns: 90, seed }
			);
		}
	}
);

test('most of what was compared had somebody in it and somebody out of it', () => {
	expect(counts.compared).toBeGreaterThan(2_000);
	expect(counts.inhabited).toBeGreaterThan(counts.compared / 3);
});
