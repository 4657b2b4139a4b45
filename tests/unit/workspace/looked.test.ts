import { beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { makeGesture } from '$lib/workspace/gesture';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import { UndoStack } from '$lib/workspace/undo';
import { device, edit, is, meet, refusalsOf, send } from '../../fixtures/workspace/devices';

const s = 'seg';
let ada: Y.Doc;
let bea: Y.Doc;
const read = (doc = ada, id = s) => readSegment(registersOf(doc), id)!;
const add = (doc: Y.Doc, id: string) =>
	edit(doc, (e) => rules.addCondition(e, s, id, is(id), { parent: 'root' }));
const notSaved = (doc = ada, id = s) =>
	refusalsOf(doc, (e) => segments.saveSegment(e, id, 'never')).map(({ type }) => type);

beforeEach(() => {
	[ada, bea] = [device(1), device(2)];
	edit(ada, (e) => segments.createSegment(e, s, 'S', undefined, () => 'unused'));
	add(ada, 'a');
	send(ada, bea);
});

describe('a draft of two people’s edits', () => {
	beforeEach(() => {
		add(ada, 'by ada');
		add(bea, 'by bea');
		meet(ada, bea);
	});

	it('is not saved before somebody has said that it looks right, on whatever device', () => {
		for (const doc of [ada, bea]) {
			expect(read(doc)).toMatchObject({ merged: true, approved: false, issues: [] });
			expect(notSaved(doc)).toEqual(['NotLookedAt']);
		}
		edit(bea, (e) => segments.approveDraft(e, s));
		meet(ada, bea);
		expect(read()).toMatchObject({ merged: false, approved: true });
		expect(notSaved()).toEqual([]);
	});

	it('does not become a looked-at one by being edited on, copied or taken back', () => {
		const stack = new UndoStack(ada);
		const made = makeGesture(ada, 'Edit', { at: 1, by: 'ada' }, (e) =>
			rules.setCondition(e, s, 'a', is('edited'))
		);
		if (made.ok && made.value.gesture) stack.push(made.value.gesture);
		expect(notSaved()).toEqual(['NotLookedAt']);
		stack.undo({ at: 2, by: 'ada' });
		expect(notSaved()).toEqual(['NotLookedAt']);
		edit(ada, (e) => segments.duplicateSegment(e, s, 'copy', 'Copy'));
		expect(notSaved(ada, 'copy')).toEqual(['NotLookedAt']);
		// In one gesture no more than in two.
		expect(
			refusalsOf(ada, (e) => {
				segments.duplicateSegment(e, s, 'other', 'Copy');
				segments.saveSegment(e, 'other', 'never');
			})
		).toEqual([{ type: 'NotLookedAt', segment: 'other' }]);
		expect(
			refusalsOf(ada, (e) => {
				rules.remove(e, s, 'a');
				segments.saveSegment(e, s, 'never');
			})
		).toEqual([{ type: 'NotLookedAt', segment: s }]);
	});

	it('stays looked at through the edits of one person, and not through the next merge', () => {
		edit(ada, (e) => segments.approveDraft(e, s));
		add(ada, 'c');
		expect(read()).toMatchObject({ merged: false, approved: false });
		edit(ada, (e) => segments.duplicateSegment(e, s, 'copy', 'Copy'));
		expect(notSaved(ada, 'copy')).toEqual([]);
		add(bea, 'd');
		meet(ada, bea);
		expect(read().merged).toBe(true);
	});

	it('is gone where the segment is made anew of a whole rule', () => {
		const rule = { ...read().draft, children: [] };
		edit(ada, (e) => segments.setState(e, s, 'deleted'));
		edit(ada, (e) => segments.createSegment(e, s, 'S', rule, () => 'unused'), 9);
		expect(read().merged).toBe(false);
	});
});

describe('a draft needs no look', () => {
	it('when one edited after the other', () => {
		add(ada, 'b');
		send(ada, bea);
		add(bea, 'c');
		meet(ada, bea);
		expect([read(ada).merged, read(bea).merged]).toEqual([false, false]);
	});

	it('when both made the same of it', () => {
		for (const doc of [ada, bea]) edit(doc, (e) => rules.setCondition(e, s, 'a', is('same')));
		meet(ada, bea);
		expect(read().merged).toBe(false);
	});

	it('when it is what somebody saved', () => {
		edit(ada, (e) => segments.saveSegment(e, s, 'v1'));
		send(ada, bea);
		add(ada, 'b');
		edit(bea, (e) => rules.setCondition(e, s, 'a', is('by bea')));
		meet(ada, bea);
		expect(read().merged).toBe(true);
		edit(ada, (e) => segments.discardDraft(e, s, () => 'unused'));
		expect(read()).toMatchObject({ merged: false, hasChanges: false });
		add(ada, 'c');
		expect(read().merged).toBe(false);
	});

	it('when only its name, tags or state were changed elsewhere', () => {
		edit(ada, (e) => segments.renameSegment(e, s, 'By ada'));
		edit(bea, (e) => segments.setState(e, s, 'archived'));
		add(bea, 'b');
		meet(ada, bea);
		expect(read()).toMatchObject({ merged: false, name: 'By ada', state: 'archived' });
	});
});

describe('a merge that leaves an issue', () => {
	it('asks for a look also once the issue is gone', () => {
		edit(ada, (e) => rules.addGroup(e, s, 'g', 'any', { parent: 'root' }));
		meet(ada, bea);
		edit(ada, (e) => rules.remove(e, s, 'g'));
		edit(bea, (e) => rules.addCondition(e, s, 'x', is('x'), { parent: 'g' }));
		meet(ada, bea);
		expect(notSaved()).toEqual(['HasIssues']);
		edit(ada, (e) => segments.approveDraft(e, s));
		expect(notSaved()).toEqual(['HasIssues']);
		edit(ada, (e) => rules.remove(e, s, 'x'));
		expect(notSaved()).toEqual([]);
	});
});
