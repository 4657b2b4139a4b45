import { expect, it } from 'vitest';
import type { Funnel } from '$lib/membership/evaluate';
import { group, NodeId, rootId, type DraftGroup, type DraftRule, type Rule } from '$lib/rules/rule';
import { asSteps, rowCount } from '$lib/segments/builder/steps';

const leaf = (id: string): Rule & DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'everyone' }
});
const named = (id: string, match: 'all' | 'any' | 'none', ...children: (Rule & DraftRule)[]) => ({
	...group(match, children as [Rule, ...Rule[]]),
	id: NodeId.parse(id)
});
const rule = named(
	rootId,
	'all',
	leaf('a'),
	leaf('b'),
	named('n', 'none', leaf('x'), leaf('y')) as never
);
const draft = rule as unknown as DraftGroup;

const funnel = (nodes: Record<string, [alone: number, after: number]>): Funnel => ({
	everyone: 100,
	total: 0,
	nodes: new Map(
		Object.entries(nodes).map(([id, [alone, after]]) => [NodeId.parse(id), { alone, after }])
	)
});

it('asSteps makes a step of every exclusion', () => {
	expect(asSteps(rule, draft)).toMatchObject({
		match: 'all',
		children: [
			{ id: 'a' },
			{ id: 'b' },
			{ id: 'step x', match: 'none', children: [{ id: 'x' }] },
			{ id: 'step y', match: 'none', children: [{ id: 'y' }] }
		]
	});
});

it('asSteps leaves other rules as they are', () => {
	const any = { ...rule, match: 'any' as const };
	expect(asSteps(any, { ...draft, match: 'any' })).toBe(any);
	// What is excluded is muted, so the rule's last group is another.
	const muted = {
		...draft,
		children: [...draft.children, { ...draft.children[2]!, id: NodeId.parse('m') }]
	};
	expect(asSteps(rule, muted)).toBe(rule);
});

it('rowCount gives each step what it changes', () => {
	const counts = funnel({
		a: [60, 60],
		b: [50, 30],
		x: [20, 20],
		'step x': [80, 25],
		y: [10, 10],
		'step y': [90, 24]
	});
	expect(rowCount(counts, draft, 'a')).toEqual({ alone: 60, step: { after: 60, change: -40 } });
	expect(rowCount(counts, draft, 'b')).toEqual({ alone: 50, step: { after: 30, change: -30 } });
	expect(rowCount(counts, draft, 'x')).toEqual({ alone: 20, step: { after: 25, change: -5 } });
	expect(rowCount(counts, draft, 'y')).toEqual({ alone: 10, step: { after: 24, change: -1 } });
	expect(rowCount(counts, draft, 'gone')).toBeUndefined();
});

it('rowCount passes over muted rows, and begins any with nobody', () => {
	const counts = funnel({ b: [50, 50] });
	expect(rowCount(counts, draft, 'a')).toBeUndefined();
	expect(rowCount(counts, draft, 'b')?.step).toEqual({ after: 50, change: -50 });
	expect(rowCount(counts, { ...draft, match: 'any' }, 'b')?.step).toEqual({
		after: 50,
		change: 50
	});
});

it('rowCount says of rows in groups only how many they hold for', () => {
	const nested = { ...draft, children: [named('g', 'any', leaf('b')) as unknown as DraftRule] };
	expect(rowCount(funnel({ b: [7, 7] }), nested, 'b')).toEqual({ alone: 7 });
});
