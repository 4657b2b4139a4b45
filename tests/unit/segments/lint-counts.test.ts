import { expect, test } from 'vitest';
import type { Funnel } from '$lib/membership/evaluate';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { lintCounts } from '$lib/segments/lint-counts';

const row = (id: string, kind = 'tag'): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind }
});
const group = (id: string, match: string, ...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: NodeId.parse(id),
	match,
	children
});
const root = (match: string, ...children: DraftRule[]) => group(rootId, match, ...children);
const funnel = (nodes: Record<string, [alone: number, after: number]>, everyone = 100): Funnel => ({
	everyone,
	total: 0,
	nodes: new Map(
		Object.entries(nodes).map(([id, [alone, after]]) => [NodeId.parse(id), { alone, after }])
	)
});
const lints = (draft: DraftGroup, counts: Funnel) =>
	lintCounts(draft, counts).map(({ node, type }) => `${node} ${type}`);

test('a step that removes nobody', () => {
	const draft = root('all', row('a'), row('b'), row('c'));
	expect(lints(draft, funnel({ a: [60, 60], b: [80, 60], c: [30, 20] }))).toEqual([
		'b RemovesNobody'
	]);
	expect(lints(draft, funnel({ a: [100, 100], b: [80, 60], c: [30, 20] }))).toEqual([
		'a RemovesNobody'
	]);
});

test('everyone, who is meant', () => {
	expect(lints(root('all', row('a', 'everyone')), funnel({ a: [100, 100] }))).toEqual([]);
});

test('the step from which on nobody is left, and none of those after it', () => {
	const draft = root('all', row('a'), row('b'), row('c'));
	expect(lints(draft, funnel({ a: [60, 60], b: [10, 0], c: [30, 0] }))).toEqual(['b NobodyLeft']);
});

test('a branch that brings in nobody', () => {
	const draft = root('any', row('a'), row('b'), row('c'));
	expect(lintCounts(draft, funnel({ a: [60, 60], b: [12, 60], c: [0, 60] }))).toEqual([
		{ node: 'b', type: 'BringsInNobody', alone: 12 },
		{ node: 'c', type: 'BringsInNobody', alone: 0 }
	]);
	expect(lints(draft, funnel({ a: [0, 0], b: [12, 12], c: [3, 13] }))).toEqual([
		'a BringsInNobody'
	]);
});

test('the same inside of groups, once', () => {
	const inner = group('g', 'any', row('b'), row('c'));
	const draft = root('all', row('a'), inner);
	expect(lints(draft, funnel({ a: [60, 60], b: [12, 12], c: [5, 12], g: [12, 9] }))).toEqual([
		'c BringsInNobody'
	]);
	const both = root('all', row('a'), group('g', 'all', row('b'), row('c')));
	expect(lints(both, funnel({ a: [60, 60], b: [12, 12], c: [5, 0], g: [0, 0] }))).toEqual([
		'c NobodyLeft'
	]);
	const single = root('all', row('a'), group('n', 'none', row('b')));
	expect(lints(single, funnel({ a: [60, 60], n: [100, 60], b: [0, 100] }))).toEqual([
		'n RemovesNobody'
	]);
});

test('exclusions, each a step of its own', () => {
	const draft = root('all', row('a'), group('n', 'none', row('x'), row('y')));
	const counts = funnel({
		a: [60, 60],
		x: [5, 95],
		'step x': [95, 58],
		y: [3, 97],
		'step y': [97, 58]
	});
	expect(lints(draft, counts)).toEqual(['y RemovesNobody']);
});

test('what is switched off, and what nobody can tell, is not spoken of', () => {
	const off = { ...row('b'), muted: true };
	const draft = root('all', row('a'), off, row('c'));
	expect(lints(draft, funnel({ a: [60, 60], c: [30, 20] }))).toEqual([]);
	expect(lints(root('all', row('a')), funnel({ a: [0, 0] }, 0))).toEqual([]);
});
