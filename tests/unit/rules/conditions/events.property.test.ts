import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { Population, type NamedPerson } from '../../../fixtures/population';
import {
	conditionsOnEvents,
	randomDefinitions,
	randomMoment
} from '../../../fixtures/random-rules';

/** People who did much of the same at the same instants, so that chains, ties and repeated campaigns are common. */
const hour = 3_600_000;
const event = fc.record({
	type: fc.constantFrom(
		'order_placed',
		'order_placed',
		'cart_added',
		'visited',
		'email_sent',
		'email_sent',
		'email_sent',
		'email_opened',
		'email_opened',
		'email_clicked'
	),
	at: fc
		.oneof(
			fc.integer({ min: -12, max: 1 }),
			fc.integer({ min: -60, max: 2 }).map((days) => days * 24),
			fc.constantFrom(-1 / hour, 1 / hour)
		)
		.map((hours) => Math.round(randomMoment.now + hours * hour)),
	properties: fc.record(
		{
			total: fc.constantFrom(0, 0.1, 0.2, 5, 50, '12', 'many', 1e300),
			currency: fc.constantFrom('CH', 'ch', 'de', ''),
			campaign: fc.constantFrom('CH', 'ch ', 'é', 'É', ''),
			machine: fc.boolean(),
			link: fc.constantFrom('CH', 'de'),
			guests: fc.integer({ min: 0, max: 3 }),
			on: fc.constantFrom('2024-03-31', '2024-04-01'),
			likes: fc.subarray(['music', 'film'])
		},
		{ requiredKeys: [] }
	)
});
const people = fc
	.array(fc.tuple(fc.array(event, { maxLength: 10 }), fc.integer({ min: 0, max: 5 })), {
		minLength: 20,
		maxLength: 40
	})
	.map((all) =>
		all.map(([events, dice], i): NamedPerson => ({
			name: String(i).padStart(2, '0'),
			archived: dice === 0,
			fields: {},
			tags: [],
			lists: [],
			events
		}))
	);

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());

test.each(Object.entries(conditionsOnEvents))(
	'SQL, bitmaps and the plain evaluator agree about %s',
	{ timeout: 180_000 },
	async (_, condition) => {
		let compared = 0;
		let inhabited = 0;
		await fc.assert(
			fc.asyncProperty(
				people,
				fc.array(condition as fc.Arbitrary<{ kind: string }>, { minLength: 12, maxLength: 12 }),
				async (people, conditions) => {
					await population.fill(people, randomDefinitions);
					for (const condition of conditions) {
						const rule = parseRule(
							{ type: 'condition', id: NodeId.parse('a'), condition },
							randomDefinitions
						);
						if (!rule.ok) throw new Error(JSON.stringify([rule.error, condition]));
						const members = await population.byAll(rule.value, randomMoment);
						compared++;
						const everyone = people.filter(({ archived }) => !archived).length;
						if (members.length > 0 && members.length < everyone) inhabited++;
					}
				}
			),
			{ numRuns: 8, seed: 2024 }
		);
		// Of many there are some who meet it and some who do not.
		expect(inhabited).toBeGreaterThan(compared / 10);
	}
);
