import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { whyOf } from '$lib/membership/why-of';
import { parseRule } from '$lib/rules/parse';
import { isRelative } from '$lib/rules/relative';
import { Population } from '../../fixtures/population';
import { randomDefinitions } from '../../fixtures/random-rules';
import { peopleOf, ruleOf, worlds } from '../../fixtures/worlds';

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());

const [world] = worlds;
const counts = { in: 0, out: 0, relative: 0, truncated: 0 };

test(
	'who is in by what is told of why is in by SQL, whatever the rule and however many events are read',
	{ timeout: 120_000 },
	async () => {
		const people = peopleOf(world!, 11);
		await population.fill(people, randomDefinitions);
		const somebody = fc.integer({ min: 0, max: people.length - 1 });
		await fc.assert(
			fc.asyncProperty(ruleOf(world!), somebody, fc.boolean(), async (draft, cno, few) => {
				const rule = parseRule(draft, randomDefinitions);
				if (!rule.ok) return;
				const members = await population.cache.at(world!);
				const [most, rules] = [few ? 1 : 100, [rule.value]];
				const found = await whyOf(population.database, members, cno, rules, world!, most);
				const [why] = found!.whys;
				const names = await population.bySql(rule.value, world!);
				expect(why!.member).toBe(names.includes(people[cno]!.name));

				const relative = isRelative(rule.value, world!);
				const timeless = relative || found!.truncated || people[cno]!.archived;
				expect(why!.standing === undefined).toBe(timeless);
				counts[why!.member ? 'in' : 'out']++;
				if (relative) counts.relative++;
				if (found!.truncated) counts.truncated++;
			}),
			{ numRuns: 80, seed: 11 }
		);
	}
);

test('there were members and others, comparisons with others, and more events than are read', () => {
	for (const count of Object.values(counts)) expect(count).toBeGreaterThan(3);
});

test('nothing is told of somebody who is not there', async () => {
	const members = await population.cache.at(world!);
	expect(await whyOf(population.database, members, 999_999, [], world!)).toBeUndefined();
});
