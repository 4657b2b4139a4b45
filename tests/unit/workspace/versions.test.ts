import { beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import * as versions from '$lib/workspace/versions';
import { device, edit, is, meet, refusalsOf, send, sketch } from '../../fixtures/workspace/devices';

const s = 'seg';
const minute = 60_000;
let doc: Y.Doc;
const kept = (from = doc) => versions.readVersions(registersOf(from), s);
const beside = (from = doc) =>
	versions.savedBeside(kept(from), readSegment(registersOf(from), s)?.savedVersion?.id);
const set = (to: string, at = 0, on = doc, by = 'ada') =>
	edit(on, (e) => rules.setCondition(e, s, 'a', is(to)), at, by);
const save = (id: string, at = 0, on = doc, by = 'ada') =>
	edit(on, (e) => segments.saveSegment(e, s, id), at, by);

beforeEach(() => {
	doc = device(1);
	edit(doc, (e) => {
		segments.createSegment(e, s, 'Regulars', undefined, () => 'unused');
		rules.addCondition(e, s, 'a', is('a'), { parent: 'root' });
	});
});

describe('a version', () => {
	it('says who saved it, when, and how many there were', () => {
		const counted = { count: 3, everyone: 9 };
		edit(doc, (e) => segments.saveSegment(e, s, 'v1', counted), 7, 'bea');
		expect(kept()).toMatchObject([
			{ id: 'v1', at: 7, by: 'bea', why: 'saved', counted, exports: [], name: undefined }
		]);
		// What was counted then stays so.
		edit(doc, (e) => versions.noteCount(e, s, 'v1', { count: 5, everyone: 9 }));
		expect(kept()[0]!.counted).toEqual(counted);
	});

	it('says what files were written of it, newest first', () => {
		save('v1');
		const note = { hash: 'abc', count: 3, file: 'vip.csv' };
		edit(doc, (e) => versions.noteExport(e, s, 'v1', { ...note, id: 'x' }), 5);
		edit(doc, (e) => versions.noteExport(e, s, 'v1', { ...note, id: 'y' }), 6, 'bea');
		expect(kept()[0]!.exports).toEqual([
			{ ...note, id: 'y', at: 6, by: 'bea' },
			{ ...note, id: 'x', at: 5, by: 'ada' }
		]);
		expect(refusalsOf(doc, (e) => versions.noteExport(e, s, 'no', { ...note, id: 'z' }))).toEqual([
			{ type: 'Gone', segment: s }
		]);
	});

	it('does not make its segment one that was touched, by what is noted of it', () => {
		save('v1', 5);
		edit(doc, (e) => versions.nameVersion(e, s, 'v1', 'Spring'), 9);
		expect(readSegment(registersOf(doc), s)!.updated.at).toBe(5);
		expect(kept()[0]!.name).toBe('Spring');
	});
});

describe('a draft left for half an hour', () => {
	it('is kept as it was left, by who left it, before it is edited on', () => {
		set('left', 10 * minute, doc, 'bea');
		set('edited', 41 * minute);
		set('again', 42 * minute);
		expect(kept()).toMatchObject([{ at: 10 * minute, by: 'bea', why: 'idle' }]);
		expect(sketch(kept()[0]!.rule)).toBe('all(left)');
	});

	it('is not kept when it is what was saved, is empty, or has issues', () => {
		save('v1');
		set('edited', 60 * minute);
		expect(kept().map(({ id }) => id)).toEqual(['v1']);
		doc.getMap('nodes').set('seg/x/b', { type: 'condition', condition: is('x') });
		set('on', 120 * minute);
		expect(kept().map(({ id }) => id)).toEqual(['v1']);
	});

	it('is kept once when two devices edit it on', () => {
		const bea = device(2);
		send(doc, bea);
		set('by ada', 60 * minute);
		set('by bea', 61 * minute, bea, 'bea');
		meet(doc, bea);
		expect(kept()).toHaveLength(1);
	});

	it('stays kept when the edit is taken back, and says nothing about what counts', () => {
		save('v1');
		set('left', minute);
		set('edited', 60 * minute);
		const { savedVersion } = readSegment(registersOf(doc), s)!;
		expect(savedVersion?.id).toBe('v1');
		expect(beside()).toEqual([]);
	});
});

describe('of many versions', () => {
	it('the newest twenty stay, and what counts, has a name or was exported', () => {
		for (let i = 0; i < 40; i++) {
			set(`${i}`, i);
			save(`v${i}`, i);
			if (i === 3) edit(doc, (e) => versions.nameVersion(e, s, 'v3', 'Spring'));
			if (i === 5)
				edit(doc, (e) =>
					versions.noteExport(e, s, 'v5', { id: 'x', hash: 'h', count: 1, file: 'f' })
				);
		}
		const newest = Array.from({ length: 20 }, (_, i) => `v${39 - i}`);
		expect(kept().map(({ id }) => id)).toEqual([...newest, 'v5', 'v3']);
		expect([...doc.getMap('versions').keys()].filter((key) => key.startsWith('seg/v4'))).toEqual(
			[]
		);
		expect(beside()).toEqual([]);
	});

	it('what was saved at once stays until it is settled', () => {
		const bea = device(2);
		send(doc, bea);
		set('hers', 1, bea);
		save('hers', 1, bea);
		set('his', 1);
		save('his', 1);
		send(bea, doc);
		for (let i = 0; i < 30; i++) {
			const current = readSegment(registersOf(doc), s)!.savedVersion!.id;
			expect(beside().map(({ id }) => id)).toEqual(
				i > 0 ? [] : [current === 'his' ? 'hers' : 'his']
			);
			edit(doc, (e) => segments.discardDraft(e, s, () => 'unused'));
			set(`${i}`, 10 + i);
			save(`v${i}`, 10 + i);
		}
	});
});

describe('two rules saved at once', () => {
	let bea: Y.Doc;
	beforeEach(() => {
		save('v1');
		bea = device(2);
		send(doc, bea);
		set('by ada', 1);
		save('v2', 1);
		set('by bea', 2, bea, 'bea');
		save('v3', 2, bea, 'bea');
		meet(doc, bea);
	});

	it('leave one that counts, and a notice of the other on both devices', () => {
		for (const on of [doc, bea]) {
			expect(readSegment(registersOf(on), s)!.savedVersion?.id).toBe('v3');
			expect(beside(on).map(({ id, by }) => [id, by])).toEqual([['v2', 'ada']]);
		}
	});

	it('are settled by a person, or by saving on', () => {
		edit(bea, (e) => versions.settleVersion(e, s, 'v2'));
		meet(doc, bea);
		expect(beside()).toEqual([]);
		expect(kept().map(({ id }) => id)).toEqual(['v3', 'v2', 'v1']);
	});

	it('are none where both say the same, whatever the ids of their parts', () => {
		const [cem, dan] = [device(3), device(4)];
		send(doc, cem);
		send(doc, dan);
		for (const [on, at] of [
			[cem, 3],
			[dan, 4]
		] as const) {
			edit(on, (e) => {
				rules.remove(e, s, 'a');
				rules.addCondition(e, s, `made ${at}`, is('same'), { parent: 'root' });
			});
			save(`same ${at}`, at, on);
		}
		meet(cem, dan);
		expect(kept(cem).map(({ id }) => id)).toContain('same 3');
		expect(readSegment(registersOf(cem), s)!.savedVersion?.id).toBe('same 4');
		expect(beside(cem)).toEqual([]);
	});

	it('are told of by the last of each person only', () => {
		const cem = device(3);
		send(doc, cem);
		set('on', 3);
		save('v4', 3);
		set('further', 4);
		save('v5', 4);
		set('other', 5, cem);
		save('v6', 5, cem);
		meet(doc, bea, cem);
		const current = readSegment(registersOf(doc), s)!.savedVersion!.id;
		expect(current).toBe('v6');
		expect(beside().map(({ id }) => id)).toEqual(['v5']);
	});
});
