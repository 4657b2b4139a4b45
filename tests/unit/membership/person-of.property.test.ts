import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personOf } from '$lib/membership/person-of';
import { datetimesIn } from '$lib/rules/datetimes';
import { isMember } from '$lib/rules/oracle';
import { parseRule } from '$lib/rules/parse';
import type { Person } from '$lib/rules/person';
import { isRelative } from '$lib/rules/relative';
import { definitions, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';
import { randomDefinitions } from '../../fixtures/random-rules';
import { peopleOf, ruleOf, worlds } from '../../fixtures/worlds';

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());

/** The field of these rules that is one of instants. */
const datetimes = new Set(['seen']);

async function everybody(n: number): Promise<Person[]> {
	const read = Array.from({ length: n }, (_, cno) => personOf(population.database, cno, datetimes));
	return (await Promise.all(read)).map((known) => known!.person);
}

const counts = { compared: 0, inhabited: 0 };

test.each(worlds.slice(0, 6))(
	'what is read of a contact answers every rule as SQL does: $name',
	{ timeout: 120_000 },
	async (world) => {
		const people = peopleOf(world, 77);
		await population.fill(people, randomDefinitions);
		const read = await everybody(people.length);
		await fc.assert(
			fc.asyncProperty(ruleOf(world), async (draft) => {
				const rule = parseRule(draft, randomDefinitions);
				if (!rule.ok || isRelative(rule.value, world)) return;
				for (const field of datetimesIn(rule.value))
					expect([...datetimes, 'created_at', 'email_consent_at', 'sms_consent_at']).toContain(
						field
					);
				const found = await population.bySql(rule.value, world);
				const members = read.flatMap((person, cno) =>
					isMember(rule.value, person, world) ? [people[cno]!.name] : []
				);
				expect(members.sort()).toEqual(found);
				counts.compared++;
				if (found.length > 0 && found.length < people.length) counts.inhabited++;
			}),
			{ numRuns: 60, seed: 77 }
		);
	}
);

test('most rules had somebody in and somebody out', () => {
	expect(counts.compared).toBeGreaterThan(100);
	expect(counts.inhabited).toBeGreaterThan(counts.compared / 3);
});

test('of more events than are read the latest are, and it says so', async () => {
	await population.fill(people, definitions);
	const ada = people.findIndex(({ events }) => events.length > 1);
	const all = await personOf(population.database, ada, new Set());
	const few = await personOf(population.database, ada, new Set(), 1);
	expect(all!.truncated).toBe(false);
	expect(few!.truncated).toBe(true);
	const latest = Math.max(...all!.person.events.map(({ at }) => at));
	expect(few!.person.events.map(({ at }) => at)).toEqual([latest]);
});

test('there is nobody without a contact', async () => {
	expect(await personOf(population.database, 999_999, new Set())).toBeUndefined();
});
