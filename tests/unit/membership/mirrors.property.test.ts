import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conditionsOf } from '$lib/membership/evaluate';
import { bitmapOf } from '$lib/membership/read-sets';
import { Mirrors } from '$lib/membership/mirrors';
import { compileCondition } from '$lib/rules/compile';
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

test('a mirror gives the same set as the statement', { timeout: 180_000 }, async () => {
	const compared = new Map<string, number>();
	const { database } = population;
	await fc.assert(
		fc.asyncProperty(
			randomPeople,
			fc.array(randomRule, { minLength: 12, maxLength: 12 }),
			async (people, drafts) => {
				await population.fill(people, randomDefinitions);
				const mirrors = new Mirrors(database, { rest: 0 });
				for (const draft of drafts) {
					const rule = parseRule(draft, randomDefinitions);
					if (!rule.ok) continue;
					for (const condition of conditionsOf(rule.value)) {
						const { select } = compileCondition(condition, randomMoment);
						const scan = scanOf(condition, randomMoment);
						if (!scan) continue;
						mirrors.want(scan.parts);
						await mirrors.settled();
						const scanned = mirrors.scan(scan, people.length);
						if (!scanned) throw new Error(`not held: ${JSON.stringify(condition)}`);
						expect(scanned.changed.size).toBe(0);
						const set = await bitmapOf(database, select, people.length);
						expect([...scanned.set], JSON.stringify(condition)).toEqual([...set]);
						compared.set(condition.kind, (compared.get(condition.kind) ?? 0) + 1);
					}
				}
			}
		),
		{ numRuns: 60, seed: 99, endOnFailure: true }
	);
	for (const kind of ['field', 'event', 'aggregate', 'first', 'last'])
		expect([kind, compared.get(kind) ?? 0]).toEqual([
			kind,
			expect.toSatisfy((n: number) => n > 20)
		]);
});
