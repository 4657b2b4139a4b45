import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Condition } from '$lib/rules/conditions/registry';
import { parseRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { expectAgreement } from '../../fixtures/agreement';
import { allExamples } from '../../fixtures/examples';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';
import { openOwnServer } from '../../fixtures/postgres';
import { noPostgres } from '../../fixtures/postgres-server';
import { randomDefinitions } from '../../fixtures/random-rules';
import { peopleOf, ruleOf, worlds } from '../../fixtures/worlds';

describe.skipIf(noPostgres)(`on a server's Postgres (${noPostgres ?? 'there is one'})`, () => {
	let population: Population;
	let compared = 0;
	beforeAll(async () => void (population = await Population.open(await openOwnServer())));
	afterAll(() => population.close());

	test('every example of every kind has the same members', async () => {
		await population.fill(people, definitions);
		for (const { condition, explains, members } of allExamples) {
			const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
			if (!rule.ok) throw new Error(JSON.stringify(rule.error));
			expect([explains, await population.bySql(rule.value, moment)]).toEqual([explains, members]);
		}
	});

	test.each(worlds)(
		'any rule has the members the plain evaluator finds: $name',
		{ timeout: 180_000 },
		async (moment) => {
			// The same rules are asked of the browser's Postgres, and of bitmaps.
			for (const seed of [2024, 2025]) {
				const people = peopleOf(moment, seed);
				await population.fill(people, randomDefinitions);
				await fc.assert(
					fc.asyncProperty(ruleOf(moment), async (draft) => {
						const rule = parseRule(draft, randomDefinitions);
						if (!rule.ok) return;
						const found = {
							'the plain evaluator': population.byOracle(rule.value, moment),
							SQL: await population.bySql(rule.value, moment)
						};
						expectAgreement(draft, found, people, moment);
						compared++;
					}),
					{ numRuns: 90, seed }
				);
			}
		}
	);

	test('there were more than two thousand of them', () => expect(compared).toBeGreaterThan(2_000));
});
