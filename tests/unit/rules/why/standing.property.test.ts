import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holds } from '$lib/rules/oracle';
import { parseRule } from '$lib/rules/parse';
import type { Person } from '$lib/rules/person';
import { isRelative } from '$lib/rules/relative';
import type { Rule } from '$lib/rules/rule';
import { personAt } from '$lib/rules/why/past';
import { standingOf } from '$lib/rules/why/standing';
import { searchOf } from '$lib/rules/why/turning-points';
import type { Moment } from '$lib/time/moment';
import { wholeOf } from '../../../fixtures/population';
import { randomDefinitions } from '../../../fixtures/random-rules';
import { peopleOf, ruleOf, worlds } from '../../../fixtures/worlds';

const day = 86_400_000;
/** Instants are tried so close to each other. */
const step = 2 * 3_600_000;
const far = 35 * day;

const found = { asked: 0, since: 0, until: 0 };

/** The nearest changes by trying every instant of a grid, and all that is written in the person. */
function scanned(rule: Rule, person: Person, moment: Moment) {
	const holdsAt = (now: number) =>
		holds(rule, now < moment.now ? personAt(person, now, moment.now) : person, { ...moment, now });
	const is = holdsAt(moment.now);
	const past = ticks(person, moment.now - far - 1, moment.now).reverse();
	const coming = ticks(person, moment.now, moment.now + far);
	return {
		before: past.find((at) => holdsAt(at) !== is),
		after: coming.find((at) => holdsAt(at) !== is),
		is,
		holdsAt
	};
}

function ticks(person: Person, from: number, to: number): number[] {
	const grid = Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step);
	const written = [...JSON.stringify(person).matchAll(/\b1[67]\d{11}\b/g)].map(Number);
	return [...grid, ...written.flatMap((at) => [at - 1, at, at + 1]), from, to]
		.filter((at) => at >= from && at <= to)
		.sort((a, b) => a - b);
}

/** A rule and the conditions in it, each a rule of its own. */
const partsOf = (rule: Rule): readonly Rule[] =>
	rule.type === 'group' ? [rule, ...rule.children.flatMap(partsOf)] : [rule];

test.each(worlds.map((world, i) => ({ ...world, seed: 5 + i })))(
	'since and until are where trying every instant finds the nearest changes: $name',
	{ timeout: 180_000 },
	({ seed, ...world }) => {
		const people = peopleOf(world, seed);
		const whole = people.map((person) => wholeOf(person, people));
		const search = searchOf(world, { from: world.now - far, to: world.now + far });
		const start = fc.integer({ min: 0, max: people.length - 5 });
		fc.assert(
			fc.property(ruleOf(world), start, (draft, start) => {
				const rule = parseRule(draft, randomDefinitions);
				if (!rule.ok || isRelative(rule.value, world)) return;
				for (const part of partsOf(rule.value)) {
					const standings = whole.slice(start, start + 5).map((person) => ({
						person,
						...standingOf(part, person, world, search)
					}));
					// Nobody about whom something changes, or somebody.
					const { person, since, until } =
						standings.find(({ since, until }) => since ?? until) ?? standings[0]!;
					const { before, after, is, holdsAt } = scanned(part, person, world);

					found.asked++;
					if (since !== undefined) {
						found.since++;
						expect([holdsAt(since - 1), holdsAt(since)]).toEqual([!is, is]);
					}
					// Whatever is found by trying lies beyond what was found by thinking.
					expect(before ?? -Infinity).toBeLessThan(since ?? world.now - far);
					if (until !== undefined) {
						found.until++;
						expect([holdsAt(until - 1), holdsAt(until)]).toEqual([is, !is]);
					}
					expect(after ?? Infinity).toBeGreaterThanOrEqual(until ?? world.now + far + 1);
				}
			}),
			{ numRuns: 6, seed }
		);
	}
);

test('many rules had a change before and one to come', () => {
	expect(found.asked).toBeGreaterThan(300);
	expect(found.since).toBeGreaterThan(20);
	expect(found.until).toBeGreaterThan(10);
});
