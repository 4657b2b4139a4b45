import { expect, test } from 'vitest';
import { rootId } from '$lib/rules/rule';
import { usersOf } from '$lib/segments/used-in';
import type { ConditionDraft } from '$lib/workspace/edit-rule';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { device } from '../../fixtures/workspace/devices';

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
const names = (w: Workspace, type: 'list' | 'tag' | 'field' | 'segment', id: string) =>
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

test('a segment is used by those that refer to it, archived ones too', () => {
	const w = workspace();
	const swiss = newSegment(w, 'Swiss', { kind: 'everyone' });
	const refers = { kind: 'segment', segment: swiss, in: true };
	newSegment(w, 'Saved', refers);
	newSegment(w, 'Drafted', refers, false);
	w.setState(newSegment(w, 'Put away', refers), 'archived');
	newSegment(w, 'Other', { kind: 'everyone' });
	expect(names(w, 'segment', swiss)).toEqual(['Drafted', 'Put away', 'Saved']);
});
