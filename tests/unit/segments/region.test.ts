import { describe, expect, it } from 'vitest';
import { isMember } from '$lib/rules/oracle';
import { parseRule } from '$lib/rules/parse';
import { NodeId, rootId, type DraftGroup } from '$lib/rules/rule';
import { maskOf, regionDraft, regionOf, sayRegion } from '$lib/segments/region';
import { definitions as known, moment, people } from '../../fixtures/people';

const saved = (condition: { kind: string } & Record<string, unknown>): DraftGroup => ({
	type: 'group',
	id: rootId,
	match: 'all',
	children: [{ type: 'condition', id: NodeId.parse('only'), condition }]
});
const tagged = (tag: string) => saved({ kind: 'tag', test: { operator: 'anyOf', tags: [tag] } });
const swiss = saved({
	kind: 'field',
	field: 'country',
	of: 'text',
	test: { operator: 'is', value: 'CH' }
});
const segments = [
	['swiss', swiss],
	['vip', tagged('t-vip')],
	['new', tagged('t-new')]
] as const;
const ids = segments.map(([id]) => id);
const definitions = {
	...known,
	segments: new Map(segments.map(([id, rule]) => [id, { name: id, archived: false, rule }]))
};
const membersOf = (draft: DraftGroup) => {
	const rule = parseRule(draft, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return people.filter((person) => isMember(rule.value, person, moment)).map(({ name }) => name);
};

describe('a region', () => {
	it('is a rule whose members are in just its segments', () => {
		const sets = segments.map(([, rule]) => new Set(membersOf(rule)));
		const found = Array.from({ length: 8 }, (_, mask) =>
			membersOf(regionDraft(regionOf(mask, ids)))
		);
		for (const [mask, members] of found.entries())
			for (const name of members)
				expect(sets.map((set) => set.has(name))).toEqual(
					ids.map((_, i) => Boolean(mask & (1 << i)))
				);
		const everyone = membersOf(saved({ kind: 'everyone' }));
		expect(found.flat().sort()).toEqual([...everyone].sort());
		expect(found.filter((members) => members.length > 0).length).toBeGreaterThan(2);
	});

	it('follows its segments: its rule is of them, not of what they say', () => {
		const { children } = regionDraft({ inside: ['swiss'], outside: ['vip'] });
		expect(children).toMatchObject([
			{ condition: { kind: 'segment', segment: 'swiss', in: true } },
			{ match: 'none', children: [{ condition: { kind: 'segment', segment: 'vip', in: true } }] }
		]);
		expect(regionDraft({ inside: ['swiss'], outside: [] }).children).toHaveLength(1);
	});

	it('is said in words, those outside by name while they are few', () => {
		const say = (inside: string, outside: string) =>
			sayRegion({ inside: [...inside], outside: [...outside] }, (id) => id.toUpperCase());
		expect(say('a', '')).toBe('In “A”');
		expect(say('ab', 'c')).toBe('In “A” and “B”, not in “C”');
		expect(say('abc', 'def')).toBe('In “A”, “B” and “C”, not in “D”, “E” or “F”');
		expect(say('a', 'bcde')).toBe('In “A”, in none of 4 others');
		expect(say('', 'ab')).toBe('Not in “A” or “B”');
		expect(say('', 'abcd')).toBe('In none of 4 segments');
	});

	it('has the mask it was made of, and none of other segments', () => {
		for (const mask of [0, 5, 7]) expect(maskOf(regionOf(mask, ids), ids)).toBe(mask);
		expect(maskOf(regionOf(1, ids), ['swiss', 'vip'])).toBeUndefined();
		expect(maskOf(regionOf(1, ids), ['swiss', 'vip', 'old'])).toBeUndefined();
		expect(maskOf(regionOf(1, ids), [...ids, 'old'])).toBeUndefined();
	});
});
