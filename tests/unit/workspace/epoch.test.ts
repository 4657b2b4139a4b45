import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { canonical } from '$lib/json';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { compact, isCompactionDue, replay, sizeOf } from '$lib/workspace/epoch';
import { begin, isWritable } from '$lib/workspace/meta';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import {
	contentsOf,
	device,
	edit,
	is,
	meet,
	send,
	sketchOf
} from '../../fixtures/workspace/devices';
import { copyOf } from '../../fixtures/workspace/fleet';

const s = 'seg';
let doc: Y.Doc;

beforeEach(() => {
	doc = device(1);
	edit(doc, begin);
	edit(doc, (e) => {
		segments.createSegment(e, s, 'Regulars', undefined, () => 'unused');
		rules.addCondition(e, s, 'a', is('a'), { parent: 'root' });
		rules.addCondition(e, s, 'b', is('b'), { parent: 'root' });
	});
	edit(doc, (e) => segments.saveSegment(e, s, 'v1'));
});

function compacted(from: Y.Doc): Y.Doc {
	const next = compact(from);
	if (!next.ok) throw new Error(next.error);
	return next.value;
}

describe('a document begun anew', () => {
	it('has every register as it was, also of kinds and roots that nobody knows, one epoch later', () => {
		doc.getMap('nodes').set('seg/w/b', { type: 'weather', sky: [3, null, { deep: [[[]]] }] });
		doc.getMap('tides').set('high', { at: 1.5, unknown: true });
		doc.getMap('segments').set('broken', 'x'.repeat(40_000));
		const before = contentsOf(doc) as { meta: object };
		const after = contentsOf(compacted(doc));
		expect(canonical(after)).toBe(canonical({ ...before, meta: { ...before.meta, epoch: 1 } }));
	});

	it('lets go of what was overwritten and of who wrote it', () => {
		for (let i = 0; i < 300; i++) {
			const session = copyOf(doc, 100 + i);
			edit(session, (e) => rules.setCondition(e, s, 'a', is(`${i}`)), i);
			send(session, doc);
		}
		expect(sizeOf(doc)).toMatchObject({ clients: 301 });
		expect(sizeOf(doc).gone).toBeGreaterThan(0.6);
		const next = compacted(doc);
		expect(sizeOf(next)).toMatchObject({ clients: 1, gone: 0 });
		expect(sizeOf(next).bytes).toBeLessThan(sizeOf(doc).bytes / 4);
	});

	it('is one document when two devices do it at once', () => {
		const other = copyOf(doc, 2);
		registersOf(other);
		const [one, two] = [compacted(doc), compacted(other)];
		const alone = contentsOf(one);
		meet(one, two);
		expect(contentsOf(one)).toEqual(alone);
		expect(contentsOf(two)).toEqual(alone);
	});

	it('is not made where there is more than registers: a copy of that would double it', () => {
		const list = copyOf(doc, 2);
		list.getArray('log').push([1]);
		expect(compact(list)).toEqual({ ok: false, error: 'notRegisters' });
		const nested = copyOf(doc, 2);
		nested.getMap('nodes').set('seg/t/b', new Y.Map());
		expect(compact(nested)).toEqual({ ok: false, error: 'notRegisters' });
		// As it comes from elsewhere, without having been opened as a list.
		expect(compact(copyOf(list, 3)).ok).toBe(false);
	});

	it('keeps shutting out the apps that the old one did', () => {
		doc.getMap('meta').set('minWriter', 99);
		expect(isWritable(registersOf(compacted(doc)))).toBe(false);
	});
});

describe('edits made in the old epoch', () => {
	let mine: Y.Doc;
	let next: Y.Doc;
	beforeEach(() => {
		mine = copyOf(doc, 2);
		next = compacted(doc);
	});

	it('are made again where nobody has changed the same in the new one', () => {
		edit(mine, (e) => rules.setCondition(e, s, 'a', is('mine')), 5, 'bea');
		edit(mine, (e) => rules.remove(e, s, 'b'), 6, 'bea');
		mine.getMap('tides').set('low', 2);
		expect(replay(doc, mine, next).conflicts).toEqual([]);
		expect(sketchOf(next, s)).toBe('all(mine)');
		expect(next.getMap('tides').get('low')).toBe(2);
		expect(next.getMap('meta').get('epoch')).toBe(1);
		const segment = readSegment(registersOf(next), s)!;
		expect(segment).toMatchObject({ merged: false, updated: { at: 6, by: 'bea' } });
	});

	it('are listed, and not made, where somebody has', () => {
		edit(mine, (e) => rules.setCondition(e, s, 'a', is('mine')));
		edit(next, (e) => rules.setCondition(e, s, 'a', is('theirs')));
		expect(replay(doc, mine, next)).toEqual({
			applied: 0,
			conflicts: [
				{
					root: 'nodes',
					key: 'seg/a/b',
					fork: { type: 'condition', condition: is('a') },
					mine: { type: 'condition', condition: is('mine') },
					theirs: { type: 'condition', condition: is('theirs') }
				}
			]
		});
		expect(sketchOf(next, s)).toBe('all(theirs b)');
	});

	it('are done with where both did the same', () => {
		for (const device of [mine, next])
			edit(device, (e) => rules.setCondition(e, s, 'a', is('both')));
		expect(replay(doc, mine, next)).toEqual({ applied: 0, conflicts: [] });
	});

	it('ask for a look where some of the draft is from here and some from there', () => {
		edit(mine, (e) => rules.setCondition(e, s, 'a', is('mine')));
		edit(next, (e) => rules.setCondition(e, s, 'b', is('theirs')));
		replay(doc, mine, next);
		expect(sketchOf(next, s)).toBe('all(mine theirs)');
		expect(readSegment(registersOf(next), s)!.merged).toBe(true);
	});

	it('of two rules saved at once leave the one of the new epoch, and keep both', () => {
		edit(mine, (e) => rules.setCondition(e, s, 'a', is('mine')));
		edit(mine, (e) => segments.saveSegment(e, s, 'v2'));
		edit(next, (e) => rules.setCondition(e, s, 'b', is('theirs')));
		edit(next, (e) => segments.saveSegment(e, s, 'v3'));
		const { conflicts } = replay(doc, mine, next);
		expect(conflicts.map(({ key }) => key)).toEqual(['seg/saved']);
		expect(readSegment(registersOf(next), s)!.savedVersion?.id).toBe('v3');
		expect([...next.getMap('versions').keys()].sort()).toEqual(['seg/v1', 'seg/v2', 'seg/v3']);
	});
});

describe('a document is begun anew', () => {
	const small = { bytes: 300_000, clients: 10, gone: 0.1 };
	it.each([
		['large', { ...small, bytes: 8 * 1024 * 1024 + 1 }, true],
		['written by very many', { ...small, clients: 2_001 }, true],
		['mostly gone', { ...small, gone: 0.61 }, true],
		['none of it', { ...small, bytes: 8 * 1024 * 1024, clients: 2_000, gone: 0.6 }, false],
		['mostly gone, and tiny', { bytes: 5_000, clients: 2, gone: 0.9 }, false]
	])('when it is %s', (_, size, due) => {
		expect(isCompactionDue(size)).toBe(due);
	});
});
