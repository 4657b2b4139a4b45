import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bitmap } from '$lib/bitmap';
import { countNodes, type Members } from '$lib/membership/evaluate';
import { holds, isMember } from '$lib/rules/oracle';
import { parseRule } from '$lib/rules/parse';
import type { Person } from '$lib/rules/person';
import { leaf, nodesOf, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { asSteps } from '$lib/segments/builder/steps';
import { lintCounts } from '$lib/segments/lint-counts';
import {
	randomDefinitions,
	randomMoment,
	randomPeople,
	randomRule
} from '../../fixtures/random-rules';

/** Evaluated the plain way. */
function membersOf(people: readonly Person[]): Members {
	const those = (is: (person: Person) => boolean) =>
		Bitmap.of(
			people.flatMap((person, cno) => (!person.archived && is(person) ? [cno] : [])),
			people.length
		);
	return {
		everyone: those(() => true),
		of: async (condition) => those((person) => holds(leaf(condition), person, randomMoment)),
		prepare: async () => {}
	};
}

const without = (node: DraftRule, id: string): DraftRule =>
	node.type === 'group'
		? {
				...node,
				children: node.children
					.filter((child) => child.id !== id)
					.map((child) => without(child, id))
			}
		: node;

test('of any rule: without a step that is said to do nothing, it has the same members', async () => {
	let removed = 0;
	await fc.assert(
		fc.asyncProperty(randomPeople, randomRule, async (some, random) => {
			const people = some.map((person) => ({
				uid: person.name,
				suppressions: [],
				changes: [],
				moves: [],
				...person
			}));
			const draft = { ...random, id: rootId } as DraftGroup; // groups are what is made at random
			const inside = (draft: DraftRule) => {
				const rule = parseRule(draft, randomDefinitions);
				return rule.ok
					? people.filter((person) => isMember(rule.value, person, randomMoment))
					: undefined;
			};
			const parsed = parseRule(draft, randomDefinitions);
			if (!parsed.ok) return;
			for (const rule of [parsed.value, asSteps(parsed.value, draft)]) {
				const funnel = await countNodes(rule, membersOf(people));
				for (const lint of lintCounts(draft, funnel)) {
					const node = [...nodesOf(draft)].find(({ id }) => id === lint.node);
					expect(node?.muted ?? false).toBe(false);
					if (lint.type === 'NobodyLeft') continue;
					const left = inside(without(draft, lint.node));
					if (!left) continue; // it was all there is in its group
					expect(left).toEqual(inside(draft));
					removed++;
				}
			}
		}),
		{ numRuns: 300, seed: 5 }
	);
	expect(removed).toBeGreaterThan(100);
});
