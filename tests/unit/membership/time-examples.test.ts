import { afterAll, beforeAll, expect, test } from 'vitest';
import { conditionsOf } from '$lib/rules/conditions-of';
import { kinds, type Condition } from '$lib/rules/conditions/registry';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type Rule } from '$lib/rules/rule';
import { examplesOf } from '../../fixtures/examples';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(people, definitions);
});
afterAll(() => population.close());

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const at = (now: number) => ({ ...moment, now });

/** Kinds of which some example changes, as far as one looks. */
const changing = new Set<string>();

test.each(kinds)(
	'every change of the members of an example comes when it may, and to those whom it concerns: $kind',
	{ timeout: 120_000 },
	async ({ kind }) => {
		for (const { condition } of examplesOf(kind)) {
			const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
			if (!rule.ok) throw new Error(JSON.stringify(rule.error));
			for (const change of changesOf(rule.value)) {
				changing.add(kind);
				for (const before of [1, minute, 5 * hour]) {
					const now = change - before;
					const next = await population.cache.nextChange(conditionsOf(rule.value), at(now));
					expect({ condition, now, next, change }).toSatisfy(() => now < next && next <= change);
				}
				// From a millisecond before, and back.
				for (const now of [change - 1, change, change - 1])
					expect([condition, now, await population.byBitmap(rule.value, at(now))]).toEqual([
						condition,
						now,
						population.byOracle(rule.value, at(now))
					]);
			}
		}
	}
);

test('of all kinds but those in which time plays no part there is such an example', () => {
	const still = kinds.map(({ kind }) => kind).filter((kind) => !changing.has(kind));
	expect(still).toEqual(['tag', 'segment', 'place', 'everyone', 'sample']);
});

/** The moments around now at which the members become others: at most one in each half of a day. */
function changesOf(rule: Rule): number[] {
	const ask = (now: number) => String(population.byOracle(rule, at(now)));
	const changes: number[] = [];
	for (let from = moment.now - 12 * day; from < moment.now + 20 * day; from += day / 2) {
		let [low, high] = [from, from + day / 2];
		const before = ask(low);
		if (ask(high) === before) continue;
		while (high - low > 1) {
			const middle = Math.floor((low + high) / 2);
			if (ask(middle) === before) low = middle;
			else high = middle;
		}
		changes.push(high);
	}
	return changes;
}
