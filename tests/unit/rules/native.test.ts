import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Example } from '$lib/rules/conditions/example';
import type { Condition } from '$lib/rules/conditions/registry';
import { parseRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';
import { openOwnServer } from '../../fixtures/postgres';
import { noPostgres } from '../../fixtures/postgres-server';
import {
	randomDefinitions,
	randomMoment,
	randomPeople,
	randomRule
} from '../../fixtures/random-rules';

type Module = { examples: Example<Condition>[] };
const modules = import.meta.glob<Module>('/src/lib/rules/conditions/*/examples.ts', {
	eager: true
});
const examples = Object.values(modules).flatMap((module) => module.examples);

describe.skipIf(noPostgres)(`on a server's Postgres (${noPostgres ?? 'there is one'})`, () => {
	let population: Population;
	beforeAll(async () => void (population = await Population.open(await openOwnServer())));
	afterAll(() => population.close());

	test('every example of every kind has the same members', async () => {
		await population.fill(people, definitions);
		for (const { condition, explains, members } of examples) {
			const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
			if (!rule.ok) throw new Error(JSON.stringify(rule.error));
			expect([explains, await population.bySql(rule.value, moment)]).toEqual([explains, members]);
		}
	});

	test('any rule has the members the plain evaluator finds', { timeout: 180_000 }, async () => {
		let compared = 0;
		const rules = fc.array(randomRule, { minLength: 25, maxLength: 25 });
		await fc.assert(
			fc.asyncProperty(randomPeople, rules, async (people, drafts) => {
				await population.fill(people, randomDefinitions);
				for (const draft of drafts) {
					const rule = parseRule(draft, randomDefinitions);
					if (!rule.ok) continue;
					const members = population.byOracle(rule.value, randomMoment);
					expect(await population.bySql(rule.value, randomMoment)).toEqual(members);
					compared++;
				}
			}),
			{ numRuns: 40, seed: 2025 }
		);
		expect(compared).toBeGreaterThan(800);
	});
});
