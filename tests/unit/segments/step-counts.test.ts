import { expect, it } from 'vitest';
import type { Funnel } from '$lib/membership/evaluate';
import { NodeId } from '$lib/rules/rule';
import { stepCounts } from '$lib/segments/step-counts';
import type { Step } from '$lib/segments/steps';

const step = (id: string, more: Partial<Step> = {}): Step => ({
	id: NodeId.parse(id),
	word: 'AND',
	excludes: false,
	muted: false,
	part: {
		type: 'condition',
		id: NodeId.parse(id),
		sign: 'field',
		lines: [],
		muted: false,
		note: ''
	},
	...more
});
const funnel = (everyone: number, after: Record<string, number>): Funnel => ({
	everyone,
	total: Object.values(after).at(-1) ?? everyone,
	nodes: new Map(Object.entries(after).map(([id, n]) => [NodeId.parse(id), { alone: n, after: n }]))
});

it('a step has who is left, their share of everyone, and the change', () => {
	const counts = stepCounts([step('a'), step('b')], funnel(200, { a: 100, b: 30 }));
	expect(counts).toEqual([
		{ after: 100, share: 0.5, change: -100, width: 0.5 },
		{ after: 30, share: 0.15, change: -70, width: 0.15 }
	]);
});

it('what is switched off changes nothing and has no count', () => {
	const steps = [step('a'), step('off', { muted: true }), step('b')];
	const counts = stepCounts(steps, funnel(200, { a: 100, b: 100 }));
	expect(counts[1]).toEqual({ after: undefined, share: undefined, change: undefined, width: 0.5 });
	expect(counts[2]).toMatchObject({ after: 100, change: 0 });
});

it('of any, the first step adds nobody to anything, the next ones do', () => {
	const steps = [step('a', { word: 'ANY OF' }), step('b', { word: 'OR' })];
	const counts = stepCounts(steps, funnel(200, { a: 20, b: 50 }));
	expect(counts.map(({ change }) => change)).toEqual([undefined, 30]);
});

it('of nobody, there is no share, and no width', () => {
	expect(stepCounts([step('a')], funnel(0, { a: 0 }))[0]).toMatchObject({ share: NaN, width: 0 });
});

it('until the first answer the stream is as it was last, and without counts', () => {
	const counts = stepCounts([step('a'), step('b')], undefined, [1, 0.4, 0.1]);
	expect(counts.map(({ width }) => width)).toEqual([0.4, 0.1]);
	expect(counts.every(({ after }) => after === undefined)).toBe(true);
	expect(stepCounts([step('a')], undefined)[0]!.width).toBe(1);
});
