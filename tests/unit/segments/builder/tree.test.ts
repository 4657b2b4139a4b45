import { describe, expect, it } from 'vitest';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { canDrop, positionBeside, zoneAt } from '$lib/segments/builder/drag';
import { moveTargets, stepFrom } from '$lib/segments/builder/moves';
import {
	draftBefore,
	endOf,
	exclusionsOf,
	nextTo,
	outermost,
	rowsOf,
	withCondition
} from '$lib/segments/builder/tree';

const leaf = (id: string): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'everyone' }
});
const group = (id: string, match: string, ...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: NodeId.parse(id),
	match,
	children
});

/** all of a, any of (b, c), d, but not (x, y) */
const root = group(
	rootId,
	'all',
	leaf('a'),
	group('g', 'any', leaf('b'), leaf('c')),
	leaf('d'),
	group('n', 'none', leaf('x'), leaf('y'))
);

describe('exclusionsOf', () => {
	it('is the none group at the end of a root of which all must hold, and nothing else', () => {
		expect(exclusionsOf(root)?.id).toBe('n');
		expect(exclusionsOf({ ...root, match: 'any' })).toBeUndefined();
		expect(
			exclusionsOf(group(rootId, 'all', group('n', 'none', leaf('x')), leaf('a')))
		).toBeUndefined();
		expect(exclusionsOf(group(rootId, 'all'))).toBeUndefined();
	});

	it('stays last: new rows go before it, and at the end of other groups', () => {
		expect(endOf(root, rootId)).toBe(3);
		expect(endOf(root, 'g')).toBeUndefined();
		expect(endOf({ ...root, match: 'any' }, rootId)).toBeUndefined();
	});
});

describe('draftBefore', () => {
	const before = (id: string) => {
		const said = (node: DraftRule): unknown =>
			node.type === 'group' ? [node.match, ...node.children.map(said)] : node.id;
		const draft = draftBefore(root, id);
		return draft && said(draft);
	};

	it('is nobody’s business for the first row', () => {
		expect(before('a')).toBeUndefined();
	});
	it('is what stands before in every group of which all must hold', () => {
		expect(before('d')).toEqual(['all', 'a', ['any', 'b', 'c']]);
		expect(before('g')).toEqual(['all', 'a']);
	});
	it('does not narrow by the other ways in', () => {
		expect(before('c')).toEqual(['all', 'a']);
	});
	it('leaves out who is excluded before', () => {
		expect(before('y')).toEqual(['all', 'a', ['any', 'b', 'c'], 'd', ['none', 'x']]);
	});
});

describe('stepFrom', () => {
	const to = (id: string, direction: Parameters<typeof stepFrom>[2]) => {
		const position = stepFrom(root, id, direction);
		return position && `${position.parent} ${position.index ?? 'end'}`;
	};

	it('goes by one among siblings, over groups', () => {
		expect([to('d', 'up'), to('a', 'down'), to('c', 'up')]).toEqual(['root 1', 'root 1', 'g 0']);
	});
	it('leaves a nested group at its ends', () => {
		expect([to('b', 'up'), to('c', 'down')]).toEqual(['root 1', 'root 2']);
	});
	it('stops at the ends, and before what is excluded', () => {
		expect([to('a', 'up'), to('d', 'down'), to('y', 'down'), to('a', 'out')]).toEqual([
			undefined,
			undefined,
			undefined,
			undefined
		]);
	});
	it('goes into the next group, or the one before', () => {
		expect([to('a', 'in'), to('d', 'in'), to('b', 'in')]).toEqual(['g 0', 'n 0', undefined]);
		const last = group(rootId, 'all', group('g', 'any', leaf('b')), leaf('z'));
		expect(stepFrom(last, 'z', 'in')).toEqual({ parent: 'g' });
	});
	it('comes out after its group, of what is excluded before it', () => {
		expect([to('b', 'out'), to('x', 'out'), to('x', 'up')]).toEqual(['root 2', 'root 3', 'root 3']);
	});
});

describe('moveTargets', () => {
	const labels = (id: string) => moveTargets(root, id, ({ id }) => id).map(({ label }) => label);

	it('are the ends of its group and every other group', () => {
		expect(labels('a')).toEqual(['To the end', 'Into g', 'Into n']);
		expect(labels('c')).toEqual(['To the start', 'Out of all groups', 'Into n']);
	});
	it('never are a group itself or what it holds', () => {
		expect(labels('g')).toEqual(['To the start', 'To the end', 'Into n']);
	});
	it('puts the end of the root before what is excluded', () => {
		const end = moveTargets(root, 'a', ({ id }) => id).find(({ label }) => label === 'To the end');
		// Counted without the row itself: after g and d.
		expect(end?.to).toEqual({ parent: rootId, index: 2 });
	});
});

describe('dragging', () => {
	it('lets go above, into or below', () => {
		expect([zoneAt(0.1), zoneAt(0.5), zoneAt(0.9)]).toEqual(['above', 'into', 'below']);
	});
	it('never lets go on itself or what it holds', () => {
		expect(canDrop(root, 'g', 'b')).toBe(false);
		expect(canDrop(root, 'a', 'a')).toBe(false);
		expect(canDrop(root, 'b', 'g')).toBe(true);
		expect(canDrop(root, 'gone', 'a')).toBe(false);
	});
	it('counts a place without the dragged row', () => {
		expect(positionBeside(root, 'a', 'd', 'above')).toEqual({ parent: rootId, index: 1 });
		expect(positionBeside(root, 'a', 'd', 'below')).toEqual({ parent: rootId, index: 2 });
		expect(positionBeside(root, 'x', 'b', 'above')).toEqual({ parent: 'g', index: 0 });
	});
});

it('rowsOf reads the rows that can be seen', () => {
	expect(rowsOf(root, new Set(['g']))).toEqual(['a', 'g', 'd', 'n', 'x', 'y']);
});

it('outermost leaves out what goes with its group, and what is gone', () => {
	expect(outermost(root, ['c', 'g', 'd', 'gone'])).toEqual(['g', 'd']);
});

it('withCondition changes one node and leaves the others the same objects', () => {
	const changed = withCondition(root, 'c', { kind: 'tag' });
	expect(changed.children[0]).toBe(root.children[0]);
	expect(changed.children[1]).toMatchObject({ children: [{}, { condition: { kind: 'tag' } }] });
});

it('nextTo is the row after, or before, or beside the group that has nothing else', () => {
	expect(nextTo(root, 'a')).toBe('g');
	expect(nextTo(root, 'c')).toBe('b');
	// What is left out has no row of its own.
	expect(nextTo(root, 'd')).toBe('g');
	const lone = (...rest: DraftRule[]) =>
		group(rootId, 'all', ...rest, group('n', 'none', leaf('x')));
	expect(nextTo(lone(leaf('a')), 'x')).toBe('a');
	expect(nextTo(lone(), 'x')).toBeUndefined();
});
