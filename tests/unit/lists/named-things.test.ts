import { expect, test } from 'vitest';
import { sortThings, type NamedThing } from '$lib/lists/named-thing';
import { madeAt, removal } from '$lib/lists/definition';
import { usersOf } from '$lib/lists/used-in';
import { rootId } from '$lib/rules/rule';
import type { ConditionDraft } from '$lib/workspace/edit-rule';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { contentsOf, device } from '../../fixtures/workspace/devices';

const workspace = () => {
	let id = 0;
	return new Workspace(device(1), { by: 'ada', now: () => 1234, newId: () => `id${id++}` });
};
const newSegment = (w: Workspace, name: string, condition: ConditionDraft, save = true) => {
	const made = w.createSegment(name);
	if (!made.ok) throw new Error('refused');
	w.addCondition(made.value, condition, { parent: rootId });
	if (save) w.saveSegment(made.value);
	return made.value;
};
const inList = (...lists: string[]): ConditionDraft => ({
	kind: 'list',
	test: { operator: 'inAny', lists }
});
const names = (w: Workspace, type: 'list' | 'tag' | 'field', id: string) =>
	usersOf({ type, id }, w.segments).map(({ name }) => name);

test('a list is used by saved rules, drafts and archived segments, and not by deleted ones', () => {
	const w = workspace();
	newSegment(w, 'Saved', inList('a', 'b'));
	newSegment(w, 'Draft', inList('a'), false);
	w.setState(newSegment(w, 'Archived', inList('a')), 'archived');
	w.setState(newSegment(w, 'Deleted', inList('a')), 'deleted');
	const changed = newSegment(w, 'Saved once', inList('a'));
	w.remove(changed, w.segment(changed)!.draft.children[0]!.id);
	expect(names(w, 'list', 'a')).toEqual(['Archived', 'Draft', 'Saved', 'Saved once']);
	expect(names(w, 'list', 'b')).toEqual(['Saved']);
	// A tag may have the same id.
	expect(names(w, 'tag', 'a')).toEqual([]);
});

test('a field is used where it is compared with, and in conditions that are not finished or not known', () => {
	const w = workspace();
	const number = { kind: 'field', of: 'number' };
	newSegment(w, 'Compared', {
		...{ ...number, field: 'x' },
		test: { operator: 'equals', value: { field: 'score' } }
	});
	newSegment(w, 'Unfinished', { ...number, field: 'score', test: { operator: 'equals' } }, false);
	newSegment(w, 'Newer', { kind: 'forecast', by: ['score'] }, false);
	newSegment(w, 'Another', { kind: 'forecast', by: ['scores'] }, false);
	expect(names(w, 'field', 'score')).toEqual(['Compared', 'Newer', 'Unfinished']);
});

test('a list that is taken away comes back as it was, with the day it was made', () => {
	const w = workspace();
	const list = w.createList('Newsletter');
	const id = list.ok ? list.value : '';
	const before = contentsOf(w.doc);
	expect(madeAt(w.doc, id)).toBe(1234);
	const { remove, restore } = removal(w.doc, 'list', id, 'Newsletter');
	w.gesture('Delete', remove, false);
	expect(w.definitions.lists.has(id)).toBe(false);
	expect(madeAt(w.doc, id)).toBeUndefined();
	w.gesture('Restore', restore, false);
	expect(contentsOf(w.doc)).toEqual(before);

	const tag = w.createTag('vip');
	const undo = removal(w.doc, 'tag', tag.ok ? tag.value : '', 'vip');
	w.gesture('Delete', undo.remove, false);
	expect(w.definitions.tags.size).toBe(0);
	w.gesture('Restore', undo.restore, false);
	expect([...w.definitions.tags.values()]).toEqual(['vip']);
});

test('things are sorted by name, people or date; what is not known comes last either way', () => {
	const thing = (name: string, people?: number, since?: number): NamedThing => ({
		...{ id: name, name, people, since, users: [] }
	});
	const things = [thing('b 10', 5, 2), thing('B 9', 7), thing('a', undefined, 1), thing('c', 5, 3)];
	const order = (by: string, descending: boolean) =>
		sortThings(things, { by, descending }).map(({ name }) => name);
	expect(order('name', false)).toEqual(['a', 'B 9', 'b 10', 'c']);
	expect(order('name', true)).toEqual(['c', 'b 10', 'B 9', 'a']);
	expect(order('people', true)).toEqual(['B 9', 'b 10', 'c', 'a']);
	expect(order('people', false)).toEqual(['b 10', 'c', 'B 9', 'a']);
	expect(order('since', false)).toEqual(['a', 'b 10', 'c', 'B 9']);
	expect(order('unheard of', false)).toEqual(order('name', false));
});
