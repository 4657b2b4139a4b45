import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '$lib/json';
import { draftOf, portableOf, PortableRule, rootOf } from '$lib/portable/rule';

const key = fc
	.string({ minLength: 1, maxLength: 6 })
	.filter(
		(name) =>
			!['kind', 'match', 'children', 'type', 'id', 'muted', 'note', '__proto__'].includes(name)
	);
const node = {
	muted: fc.option(fc.boolean(), { nil: undefined }),
	note: fc.option(fc.string(), { nil: undefined })
};
/** Rules of kinds and with keys that nobody here knows, at any depth. */
const { rule } = fc.letrec<{ rule: unknown; node: unknown }>((tie) => ({
	node: fc.oneof(
		{ depthSize: 'small' },
		fc
			.tuple(fc.record({ kind: fc.string(), ...node }), fc.dictionary(key, fc.jsonValue()))
			.map(([known, more]) => ({ ...more, ...known })),
		fc
			.tuple(
				fc.record({
					match: fc.string(),
					children: fc.array(tie('node'), { maxLength: 3 }),
					...node
				}),
				fc.dictionary(key, fc.jsonValue())
			)
			.map(([known, more]) => ({ ...more, ...known }))
	),
	rule: tie('node')
}));

test('whatever rule a file has, it is the same after reading and writing it, but for ids', () => {
	fc.assert(
		fc.property(rule, (given) => {
			const file: unknown = JSON.parse(JSON.stringify(given));
			const once = portableOf(draftOf(PortableRule.parse(file)));
			expect(canonical(withoutIds(once))).toBe(canonical(file));
			// With its ids it is the same for good.
			const again = JSON.parse(JSON.stringify(once));
			expect(canonical(portableOf(draftOf(PortableRule.parse(again))))).toBe(canonical(once));
		}),
		{ seed: 3, numRuns: 500 }
	);
});

test('a condition may have what else only groups have', () => {
	const tomorrow = { id: 'x', kind: 'tomorrow', match: 'all', children: [{ of: 'it' }] };
	expect(portableOf(draftOf(PortableRule.parse(tomorrow)))).toEqual(tomorrow);
});

test('the root of a segment is a group, whatever the file has there', () => {
	const everyone = { id: 'e', kind: 'everyone' };
	expect(rootOf(everyone)).toEqual({
		...{ type: 'group', id: 'root', match: 'all' },
		children: [{ type: 'condition', id: 'e', condition: { kind: 'everyone' } }]
	});
	expect(rootOf({ match: 'any', children: [everyone] })).toMatchObject({
		id: 'root',
		match: 'any'
	});
	// Muted, it counts for nothing; a root cannot be.
	expect(rootOf({ id: 'g', match: 'any', muted: true, children: [everyone] })).toMatchObject({
		...{ id: 'root', match: 'all' },
		children: [{ type: 'group', id: 'g', match: 'any', muted: true }]
	});
});

function withoutIds(rule: PortableRule): unknown {
	const { id: _, ...rest } = rule;
	return 'kind' in rule
		? rest
		: { ...rest, children: (rule.children as PortableRule[]).map(withoutIds) };
}
