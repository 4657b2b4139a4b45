import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readCampaign } from '$lib/workspace/campaigns';
import * as campaigns from '$lib/workspace/edit-campaigns';
import { addComment } from '$lib/workspace/edit-comments';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { makeGesture, type Edit } from '$lib/workspace/gesture';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import { UndoStack } from '$lib/workspace/undo';
import {
	contentsOf,
	device,
	draftOf,
	edit,
	is,
	meet,
	send,
	sketchOf
} from '../../fixtures/workspace/devices';

let ada: Y.Doc;
let bea: Y.Doc;
let stack: UndoStack;
const s = 'seg';
const stamp = { at: 5, by: 'ada' };

beforeEach(() => {
	ada = device(1);
	bea = device(2);
	edit(ada, (e) => {
		segments.createSegment(e, s, 'Regulars', undefined, () => 'unused');
		rules.addCondition(e, s, 'a', is('a'), { parent: 'root' });
	});
	send(ada, bea);
	stack = new UndoStack(ada);
});

/** A gesture of ada's that she could undo. */
function does(label: string, work: (edit: Edit) => void): void {
	const made = makeGesture(ada, label, { at: 1, by: 'ada' }, work);
	if (!made.ok || !made.value.gesture) throw new Error(`${label} did nothing`);
	stack.push(made.value.gesture);
}

/** The document without the times of edits, which undo does not turn back. */
function contents(doc: Y.Doc): unknown {
	const { segments: all, ...rest } = contentsOf(doc) as { segments: Record<string, unknown> };
	const kept = Object.entries(all).filter(([key]) => !/\/(?:updated|seen)$/.test(key));
	return { ...rest, segments: Object.fromEntries(kept) };
}

describe('undo', () => {
	it('takes back each gesture, redo does it again', () => {
		const states = [contents(ada)];
		const gestures: [string, (e: Edit) => void][] = [
			['add', (e) => rules.addGroup(e, s, 'g', 'any', { parent: 'root' })],
			['move', (e) => rules.move(e, s, 'a', { parent: 'g' })],
			['edit', (e) => rules.setCondition(e, s, 'a', is('b'))],
			['rename', (e) => segments.renameSegment(e, s, 'Others')],
			['duplicate', (e) => segments.duplicateSegment(e, s, 'copy', 'Copy')],
			['remove', (e) => rules.remove(e, s, 'g')]
		];
		for (const [label, work] of gestures) {
			does(label, work);
			states.push(contents(ada));
		}
		for (const [i, [label]] of [...gestures.entries()].reverse()) {
			expect(stack.nextUndo()?.label).toBe(label);
			expect(stack.undo(stamp)?.type).toBe('done');
			expect(contents(ada)).toEqual(states[i]);
		}
		expect(stack.undo(stamp)).toBeUndefined();
		for (const [i, [label]] of gestures.entries()) {
			expect(stack.redo(stamp)).toMatchObject({ type: 'done', label });
			expect(contents(ada)).toEqual(states[i + 1]);
		}
		expect(stack.redo(stamp)).toBeUndefined();
	});

	it('keeps a segment that somebody has commented on since it was made', () => {
		does('make', (e) => segments.createSegment(e, 'made', 'Made', undefined, () => 'n'));
		send(ada, bea);
		edit(bea, (e) => addComment(e, 'made', 'c', { node: 'root', text: 'Hm' }), 2, 'bea');
		meet(ada, bea);
		expect(stack.undo(stamp)?.type).not.toBe('done');
		expect(readSegment(registersOf(ada), 'made')?.name).toBe('Made');
	});

	it('leaves alone what somebody else has changed since', () => {
		does('edit', (e) => rules.setCondition(e, s, 'a', is('mine')));
		send(ada, bea);
		edit(bea, (e) => rules.setCondition(e, s, 'a', is('theirs')));
		meet(ada, bea);
		expect(stack.undo(stamp)).toMatchObject({ type: 'changedSince', label: 'edit' });
		expect(sketchOf(ada, s)).toBe('all(theirs)');
		expect(stack.nextUndo()).toBeUndefined();
		expect(stack.nextRedo()).toBeUndefined();
	});

	it('never takes a register from everybody after a conflict', () => {
		does('edit', (e) => rules.setCondition(e, s, 'a', is('mine')));
		edit(bea, (e) => rules.setCondition(e, s, 'a', is('theirs')));
		meet(ada, bea);
		stack.undo(stamp);
		meet(ada, bea);
		// Device 2 wins the register; what it says stays, for both.
		expect(sketchOf(ada, s)).toBe('all(theirs)');
		expect(sketchOf(bea, s)).toBe('all(theirs)');
	});

	it('takes back the rest, and says that it is a part', () => {
		does('tidy', (e) => {
			rules.setCondition(e, s, 'a', is('mine'));
			rules.setMatch(e, s, 'root', 'any');
		});
		send(ada, bea);
		edit(bea, (e) => rules.setCondition(e, s, 'a', is('theirs')));
		meet(ada, bea);
		expect(stack.undo(stamp)?.type).toBe('partly');
		expect(sketchOf(ada, s)).toBe('all(theirs)');
		expect(stack.redo(stamp)?.type).toBe('done');
		expect(sketchOf(ada, s)).toBe('any(theirs)');
	});

	it('keeps a node that somebody edited since it was added, with its place', () => {
		does('add', (e) => rules.addCondition(e, s, 'b', is('b'), { parent: 'root' }));
		send(ada, bea);
		edit(bea, (e) => rules.setCondition(e, s, 'b', is('theirs')));
		meet(ada, bea);
		expect(stack.undo(stamp)?.type).toBe('changedSince');
		expect(sketchOf(ada, s)).toBe('all(a theirs)');
		expect(draftOf(ada, s).issues).toEqual([]);
	});

	it('puts back into its place what was removed while somebody edited it', () => {
		does('remove', (e) => rules.remove(e, s, 'a'));
		edit(bea, (e) => rules.setCondition(e, s, 'a', is('theirs')));
		meet(ada, bea);
		expect(draftOf(ada, s).issues).toEqual([{ type: 'Detached', node: 'a' }]);
		expect(stack.undo(stamp)?.type).toBe('partly');
		expect(sketchOf(ada, s)).toBe('all(theirs)');
		expect(draftOf(ada, s).issues).toEqual([]);
	});

	it('keeps a segment that somebody worked on since it was created', () => {
		does('create', (e) => segments.createSegment(e, 'new', 'New', undefined, () => 'unused'));
		send(ada, bea);
		edit(bea, (e) => rules.addCondition(e, 'new', 'x', is('x'), { parent: 'root' }));
		meet(ada, bea);
		expect(stack.undo(stamp)?.type).toBe('changedSince');
		expect(readSegment(registersOf(ada), 'new')?.name).toBe('New');
	});

	it('leaves a campaign as it was sent, by whomever, but for its name and where it is kept', () => {
		const sent = { run: 'r', ref: 'Autumn', reach: 1, hash: '', how: 'file' } as const;
		does('create', (e) => campaigns.createCampaign(e, 'c', 'Autumn'));
		does('write', (e) => campaigns.setSubject(e, 'c', 'One'));
		does('rewrite', (e) => campaigns.setSubject(e, 'c', 'Two'));
		expect(stack.undo(stamp)).toMatchObject({ type: 'done', label: 'rewrite' });
		send(ada, bea);
		edit(bea, (e) => campaigns.markSent(e, 'c', sent), 2, 'bea');
		meet(ada, bea);
		const read = () => readCampaign(registersOf(ada), 'c')!;
		const asSent = read();

		expect(stack.redo(stamp)).toMatchObject({ type: 'changedSince', label: 'rewrite' });
		does('rename', (e) => campaigns.renameCampaign(e, 'c', 'Fall'));
		expect(stack.undo(stamp)).toMatchObject({ type: 'done', label: 'rename' });
		expect(stack.undo(stamp)).toMatchObject({ type: 'changedSince', label: 'write' });
		expect(stack.undo(stamp)).toMatchObject({ type: 'changedSince', label: 'create' });
		expect(read()).toEqual(asSent);
		expect(read()).toMatchObject({ name: 'Autumn', subject: 'One' });
	});

	it('goes by segment when asked to, and forgets what was undone at the next gesture', () => {
		does('one', (e) => segments.duplicateSegment(e, s, 'one', 'One'));
		does('here', (e) => segments.renameSegment(e, s, 'Here'));
		does('there', (e) => segments.renameSegment(e, 'one', 'There'));
		expect(stack.undo(stamp, s)).toMatchObject({ label: 'here', segments: [s] });
		expect(stack.nextUndo()?.label).toBe('there');
		expect(stack.nextRedo('one')).toBeUndefined();
		does('next', (e) => segments.renameSegment(e, 'one', 'Next'));
		expect(stack.nextRedo()).toBeUndefined();
	});
});
