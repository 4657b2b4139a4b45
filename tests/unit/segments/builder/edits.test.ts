import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import * as edits from '$lib/segments/builder/edits';
import { Workspace } from '$lib/workspace/workspace.svelte';

const tagged = (id: string): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'tag', test: { operator: 'anyOf', tags: ['t'] } }
});
const group = (id: string, match: string, ...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: NodeId.parse(id),
	match,
	children
});

let workspace: Workspace;
let segment: string;
let next: number;

beforeEach(() => {
	workspace = new Workspace(new Y.Doc(), { by: 'me', now: () => 0 });
	next = 0;
});

const begin = (rule: DraftGroup) => {
	const made = workspace.createSegment('s', rule);
	if (made.ok) segment = made.value;
};
const newId = () => `new${next++}`;
type Work = Parameters<Workspace['gesture']>[1];
const edit = (work: Work) => expect(workspace.gesture('test', work)).toMatchObject({ ok: true });

/** The draft as nested lists: a group begins with its match. */
const said = (node: DraftRule = workspace.segment(segment)!.draft): unknown =>
	node.type === 'group' ? [node.match, ...node.children.map((child) => said(child))] : node.id;

describe('exclusionGroup', () => {
	it('is the one there is', () => {
		begin(group(rootId, 'all', tagged('a'), group('n', 'none', tagged('x'))));
		edit((e) => expect(edits.exclusionGroup(e, segment, newId)).toBe('n'));
	});
	it('wraps a root that says otherwise', () => {
		begin(group(rootId, 'any', tagged('a'), tagged('b')));
		edit((e) => edits.exclusionGroup(e, segment, newId));
		expect(said()).toEqual(['all', ['any', 'a', 'b'], ['none']]);
	});
	it('needs no group round nothing', () => {
		begin(group(rootId, 'any'));
		edit((e) => edits.exclusionGroup(e, segment, newId));
		expect(said()).toEqual(['all', ['none']]);
	});
});

describe('removing and moving', () => {
	it('takes groups along that have nothing else in them', () => {
		begin(group(rootId, 'all', tagged('a'), group('g', 'any', group('h', 'any', tagged('b')))));
		edit((e) => edits.removeTidily(e, segment, 'b'));
		expect(said()).toEqual(['all', 'a']);
	});
	it('leaves no empty group behind', () => {
		begin(group(rootId, 'all', tagged('a'), group('g', 'any', tagged('b'))));
		edit((e) => edits.moveTidily(e, segment, 'b', { parent: rootId, index: 0 }));
		expect(said()).toEqual(['all', 'b', 'a']);
	});
});

it('addCopy copies everything under new ids', () => {
	const noted = { ...tagged('b'), muted: true, note: 'why' };
	begin(group(rootId, 'all', group('g', 'any', noted)));
	const copied = workspace.segment(segment)!.draft.children[0]!;
	edit((e) => edits.addCopy(e, segment, copied, { parent: rootId }, newId));
	expect(workspace.segment(segment)!.draft.children[1]).toMatchObject({
		id: 'new0',
		match: 'any',
		children: [{ id: 'new1', muted: true, note: 'why', condition: { kind: 'tag' } }]
	});
});

describe('negate', () => {
	const twice = (id: string) => {
		const before = workspace.segment(segment)!.draft;
		edit((e) => edits.negate(e, segment, id, newId));
		const between = workspace.segment(segment)!.draft;
		edit((e) => edits.negate(e, segment, id, newId));
		expect(workspace.segment(segment)!.draft).toEqual(before);
		return said(between);
	};

	it('takes the operator’s partner', () => {
		begin(group(rootId, 'all', tagged('a')));
		expect(edits.negationOf(workspace.segment(segment)!.draft, 'a')).toMatchObject({
			type: 'condition',
			condition: { test: { operator: 'noneOf' } }
		});
		twice('a');
	});
	it('wraps what has no other way', () => {
		begin(
			group(
				rootId,
				'all',
				{ ...tagged('a'), condition: { kind: 'everyone' } } as DraftRule,
				tagged('b')
			)
		);
		expect(twice('a')).toEqual(['all', ['none', 'a'], 'b']);
	});
	it('turns any into none', () => {
		begin(group(rootId, 'all', group('g', 'any', tagged('a'), tagged('b'))));
		expect(twice('g')).toEqual(['all', ['none', 'a', 'b']]);
	});
	it('wraps a group of which all must hold', () => {
		begin(group(rootId, 'all', group('g', 'all', tagged('a'), tagged('b'))));
		expect(twice('g')).toEqual(['all', ['none', ['all', 'a', 'b']]]);
	});
});

describe('replaceBy', () => {
	it('puts a copy in the place of a node, as muted as that, with its note', () => {
		begin(
			group(rootId, 'all', tagged('a'), { ...tagged('b'), muted: true, note: 'why' }, tagged('c'))
		);
		const by = group('means', 'any', tagged('x'), tagged('y'));
		edit((edit) => edits.replaceBy(edit, segment, 'b', by, newId));
		expect(said()).toEqual(['all', 'a', ['any', 'new1', 'new2'], 'c']);
		expect(workspace.segment(segment)!.draft.children[1]).toMatchObject({
			muted: true,
			note: 'why'
		});
	});

	it('changes nothing of what is gone', () => {
		begin(group(rootId, 'all', tagged('a')));
		edit((edit) => edits.replaceBy(edit, segment, 'gone', tagged('x'), newId));
		expect(said()).toEqual(['all', 'a']);
	});
});
