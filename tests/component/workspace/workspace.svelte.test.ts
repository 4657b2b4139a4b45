import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { rootId, type NodeId } from '$lib/rules/rule';
import { Workspace } from '$lib/workspace/workspace.svelte';

let workspace: Workspace;
let stop: () => void;
let time: number;

beforeEach(() => {
	time = 0;
	workspace = new Workspace(new Y.Doc(), { by: 'ada', now: () => (time += 1) });
	stop = () => undefined;
});

afterEach(() => stop());

/** What `read` gave, each time something it read changed. */
function seen<T>(read: () => T): T[] {
	const values: T[] = [];
	const before = stop;
	const end = $effect.root(() => {
		$effect(() => void values.push(read()));
	});
	stop = () => {
		end();
		before();
	};
	flushSync();
	return values;
}

function made<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	flushSync();
	return result.value;
}

const add = (segment: string, kind = 'everyone'): NodeId =>
	made(workspace.addCondition(segment, { kind }, { parent: rootId }));

describe('a template that reads', () => {
	it('one segment runs again for its edits, and for no other’s', () => {
		const one = made(workspace.createSegment('One'));
		const other = made(workspace.createSegment('Other'));
		const drafts = seen(() => workspace.segment(one)?.draft.children.length);
		add(one);
		add(other);
		add(one);
		expect(drafts).toEqual([0, 1, 2]);
	});

	it('all segments runs again for each, and reads only the one that changed', () => {
		for (const name of ['c', 'a', 'b']) made(workspace.createSegment(name));
		const lists = seen(() => workspace.segments);
		expect(lists[0]!.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
		const [a, b, c] = lists[0]!;
		made(workspace.renameSegment(b!.id, 'z'));
		const last = lists.at(-1)!;
		expect(last.map(({ name }) => name)).toEqual(['a', 'c', 'z']);
		expect(last[0]).toBe(a);
		expect(last[1]).toBe(c);
		made(workspace.setState(c!.id, 'deleted'));
		expect(lists.at(-1)!.map(({ name }) => name)).toEqual(['a', 'z']);
		expect(workspace.deletedSegments.map(({ name }) => name)).toEqual(['c']);
	});

	it('a segment before it is there runs when it comes', () => {
		const names = seen(() => workspace.segment('later')?.name);
		const source = new Workspace(new Y.Doc(), { by: 'bea', newId: () => 'later' });
		made(source.createSegment('Later'));
		Y.applyUpdate(workspace.doc, Y.encodeStateAsUpdate(source.doc));
		flushSync();
		expect(names).toEqual([undefined, 'Later']);
	});

	it('definitions does not run for drafts, but for names and saved rules', () => {
		const segment = made(workspace.createSegment('One'));
		const definitions = seen(() => workspace.definitions);
		add(segment);
		expect(definitions).toHaveLength(1);
		made(workspace.saveSegment(segment));
		expect(definitions.at(-1)!.segments.get(segment)?.rule).toBe(workspace.segment(segment)!.saved);
		made(workspace.createTag('VIP'));
		expect([...definitions.at(-1)!.tags.values()]).toEqual(['VIP']);
		made(workspace.setState(segment, 'archived'));
		expect(definitions.at(-1)!.segments.get(segment)?.archived).toBe(true);
		made(workspace.setState(segment, 'deleted'));
		expect(definitions.at(-1)!.segments.size).toBe(0);
	});

	it('what can be undone runs again when that changes', () => {
		const segment = made(workspace.createSegment('One'));
		const labels = seen(() => [workspace.undoLabel(segment), workspace.canRedo(segment)]);
		add(segment);
		workspace.undo(segment);
		flushSync();
		expect(labels).toEqual([
			['Create segment', false],
			['Add condition', false],
			['Create segment', true]
		]);
	});

	it('settings runs again when they change', () => {
		const zones = seen(() => workspace.settings.zone);
		made(workspace.putSettings({ zone: 'Europe/Oslo' }));
		made(workspace.createSegment('One'));
		expect(zones).toEqual(['UTC', 'Europe/Oslo']);
	});
});

describe('an edit', () => {
	it('keeps the conditions it did not touch the same objects', () => {
		const segment = made(workspace.createSegment('One'));
		const [first, second] = [add(segment), add(segment)];
		const before = workspace.segment(segment)!.draft.children;
		made(workspace.setCondition(segment, second, { kind: 'tag' }));
		const after = workspace.segment(segment)!.draft.children;
		const conditionOf = (nodes: typeof before, id: NodeId) => {
			const node = nodes.find((child) => child.id === id);
			return node?.type === 'condition' ? node.condition : undefined;
		};
		expect(conditionOf(after, first)).toBe(conditionOf(before, first));
		expect(conditionOf(after, second)).toEqual({ kind: 'tag' });
	});

	it('is refused whole in a document that a newer app wrote', () => {
		const segment = made(workspace.createSegment('One'));
		const reasons = seen(() => workspace.readOnly);
		workspace.doc.getMap('meta').set('minWriter', 2);
		flushSync();
		expect(reasons).toEqual([undefined, 'newerDocument']);
		expect(workspace.renameSegment(segment, 'Two')).toEqual({
			ok: false,
			error: [{ type: 'ReadOnly', reason: 'newerDocument' }]
		});
		expect(workspace.undo()).toBeUndefined();
		expect(workspace.segment(segment)?.name).toBe('One');
	});

	it('of many parts is one step of undo', () => {
		const segment = made(workspace.createSegment('One'));
		const [first, second] = [add(segment), add(segment)];
		const group = made(workspace.wrapInGroup(segment, 'any', [first, second]));
		expect(workspace.segment(segment)!.draft.children).toMatchObject([
			{ id: group, match: 'any', children: [{ id: first }, { id: second }] }
		]);
		expect(workspace.undo()).toMatchObject({ type: 'done', label: 'Group' });
		expect(workspace.segment(segment)!.draft.children.map(({ id }) => id)).toEqual([first, second]);
	});
});
