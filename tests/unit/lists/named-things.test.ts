import { expect, test } from 'vitest';
import { sortThings, type NamedThing } from '$lib/lists/named-thing';
import { madeAt } from '$lib/lists/definition';
import { removeDefinition } from '$lib/workspace/edit-definitions';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { contentsOf, device } from '../../fixtures/workspace/devices';

const workspace = () => {
	let id = 0;
	return new Workspace(device(1), { by: 'ada', now: () => 1234, newId: () => `id${id++}` });
};
test('a list that is taken away comes back as it was, with the day it was made', () => {
	const w = workspace();
	const list = w.createList('Newsletter');
	const id = list.ok ? list.value : '';
	const before = contentsOf(w.doc);
	expect(madeAt(w.doc, id)).toBe(1234);
	const made = w.revertible('Delete', (edit) => removeDefinition(edit, 'lists', id), false);
	if (!made.ok) throw new Error('refused');
	expect(w.definitions.lists.has(id)).toBe(false);
	expect(madeAt(w.doc, id)).toBeUndefined();
	made.value();
	expect(contentsOf(w.doc)).toEqual(before);
	// No step of undo: whom it held would not come back with it.
	expect([w.canUndo(), w.canRedo()]).toEqual([false, false]);
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
