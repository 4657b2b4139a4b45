import { beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import { readVersions } from '$lib/workspace/versions';
import {
	device,
	draftOf,
	edit,
	is,
	meet,
	refusalsOf,
	send,
	sketch
} from '../../fixtures/workspace/devices';

let doc: Y.Doc;
const s = 'seg';
const read = (from = doc, id = s) => readSegment(registersOf(from), id)!;

beforeEach(() => {
	doc = device(1);
	edit(
		doc,
		(e) => {
			segments.createSegment(e, s, 'Regulars', undefined, () => 'unused');
			rules.addCondition(e, s, 'a', is('a'), { parent: 'root' });
		},
		1000
	);
});

describe('a segment', () => {
	it('that is held stays what it was when it was read, also in what is asked of it later', () => {
		edit(doc, (e) => segments.saveSegment(e, s, 'v1'));
		const before = read();
		edit(doc, (e) => rules.addCondition(e, s, 'b', is('b'), { parent: 'root' }));
		edit(doc, (e) => segments.saveSegment(e, s, 'v2'));
		const after = read();
		edit(doc, (e) => rules.remove(e, s, 'a'));
		expect([sketch(before.draft), sketch(before.saved!)]).toEqual(['all(a)', 'all(a)']);
		expect([before.savedVersion?.id, before.hasChanges]).toEqual(['v1', false]);
		expect([sketch(after.draft), sketch(after.saved!)]).toEqual(['all(a b)', 'all(a b)']);
		expect(read().hasChanges).toBe(true);
	});

	it('is what was said of it, when and by whom', () => {
		edit(doc, (e) => segments.describeSegment(e, s, 'Come often'), 2000, 'bea');
		edit(doc, (e) => segments.setTags(e, s, ['vip', 'news']), 3000);
		expect(read()).toMatchObject({
			id: s,
			name: 'Regulars',
			description: 'Come often',
			tags: ['news', 'vip'],
			state: 'active',
			created: { at: 1000, by: 'ada' },
			updated: { at: 3000, by: 'ada' },
			saved: undefined,
			hasChanges: true,
			approved: false,
			issues: []
		});
		edit(doc, (e) => segments.setTags(e, s, ['vip']));
		expect(read().tags).toEqual(['vip']);
	});

	it('is not there before it is created', () => {
		expect(readSegment(registersOf(doc), 'other')).toBeUndefined();
		expect(refusalsOf(doc, (e) => segments.renameSegment(e, 'other', 'X'))).toEqual([
			{ type: 'Gone', segment: 'other' }
		]);
	});

	it('is archived, deleted and restored, and kept through it all', () => {
		for (const state of ['archived', 'deleted', 'active'] as const) {
			edit(doc, (e) => segments.setState(e, s, state));
			expect(read().state).toBe(state);
			expect(sketch(read().draft)).toBe('all(a)');
		}
	});

	it('has nothing to save while it is empty', () => {
		edit(doc, (e) => segments.createSegment(e, 'empty', 'Empty', undefined, () => 'unused'));
		expect(read(doc, 'empty').hasChanges).toBe(false);
	});

	it('keeps tags that two people add apart', () => {
		const bea = device(2);
		send(doc, bea);
		edit(doc, (e) => segments.setTags(e, s, ['vip']));
		edit(bea, (e) => segments.setTags(e, s, ['news']));
		meet(doc, bea);
		expect(read().tags).toEqual(['news', 'vip']);
	});

	it('is duplicated with its draft, unknown parts too, but never saved', () => {
		doc.getMap('nodes').set('seg/a/b', { type: 'condition', condition: is('a'), weight: 2 });
		edit(doc, (e) => segments.approveDraft(e, s));
		edit(doc, (e) => segments.setTags(e, s, ['vip']));
		edit(doc, (e) => segments.saveSegment(e, s, 'v1'));
		edit(doc, (e) => segments.duplicateSegment(e, s, 'copy', 'Copy'), 5000);
		const copy = read(doc, 'copy');
		expect(copy).toMatchObject({ name: 'Copy', tags: ['vip'], saved: undefined });
		expect(copy.created.at).toBe(5000);
		expect(copy.draft).toEqual(read().draft);
		expect(doc.getMap('nodes').get('copy/a/b')).toMatchObject({ weight: 2 });
	});

	it('reads around registers that are broken, and reports them', () => {
		doc.getMap('segments').set('seg/name', { en: 'Regulars' });
		doc.getMap('segments').set('seg/state', 'gone');
		expect(read()).toMatchObject({ name: '', state: 'active' });
		expect(read().issues).toEqual([
			{ type: 'BrokenRegister', root: 'segments', key: 'seg/state', problem: 'unexpected' },
			{ type: 'BrokenRegister', root: 'segments', key: 'seg/name', problem: 'unexpected' }
		]);
	});
});

describe('draft and saved', () => {
	beforeEach(() => edit(doc, (e) => segments.saveSegment(e, s, 'v1'), 2000, 'bea'));

	it('are the same after saving, until the draft changes', () => {
		expect(read().hasChanges).toBe(false);
		expect(read().savedVersion).toMatchObject({ id: 'v1', at: 2000, by: 'bea' });
		edit(doc, (e) => rules.setCondition(e, s, 'a', is('b')));
		expect(read().hasChanges).toBe(true);
		expect(sketch(read().saved!)).toBe('all(a)');
		edit(doc, (e) => rules.setCondition(e, s, 'a', is('a')));
		expect(read().hasChanges).toBe(false);
	});

	it('are the same again after discarding, whatever was done', () => {
		edit(doc, (e) => {
			rules.addGroup(e, s, 'g', 'none', { parent: 'root', index: 0 });
			rules.addCondition(e, s, 'x', is('x'), { parent: 'g' });
			rules.remove(e, s, 'a');
			rules.setMatch(e, s, 'root', 'any');
		});
		doc.getMap('nodes').set('seg/stray/b', { type: 'condition', condition: is('stray') });
		expect(read().detached).toHaveLength(1);
		edit(doc, (e) => segments.discardDraft(e, s, () => 'unused'));
		expect(read()).toMatchObject({ hasChanges: false, detached: [], issues: [] });
		expect(sketch(read().draft)).toBe('all(a)');
	});

	it('keep every version, newest first', () => {
		edit(doc, (e) => rules.setCondition(e, s, 'a', is('b')));
		edit(doc, (e) => segments.saveSegment(e, s, 'v2'), 3000);
		const versions = readVersions(registersOf(doc), s);
		expect(versions.map(({ id, rule }) => [id, sketch(rule)])).toEqual([
			['v2', 'all(b)'],
			['v1', 'all(a)']
		]);
	});

	it('leave one current when two people save, and the other in the history', () => {
		const bea = device(2);
		send(doc, bea);
		edit(doc, (e) => rules.setCondition(e, s, 'a', is('by ada')));
		edit(doc, (e) => segments.saveSegment(e, s, 'v2'));
		edit(bea, (e) => rules.addCondition(e, s, 'b', is('by bea'), { parent: 'root' }));
		edit(bea, (e) => segments.saveSegment(e, s, 'v3'));
		meet(doc, bea);
		expect(read(bea)).toEqual(read());
		// The rule that counts is one that somebody saved, although the draft is both.
		expect(['all(by ada)', 'all(a by bea)']).toContain(sketch(read().saved!));
		expect(sketch(read().draft)).toBe('all(by ada by bea)');
		expect(read().hasChanges).toBe(true);
		expect(readVersions(registersOf(doc), s)).toHaveLength(3);
	});

	it('refuse to save what has issues of structure, and to discard what was never saved', () => {
		doc.getMap('nodes').set('seg/stray/b', { type: 'condition', condition: is('stray') });
		expect(refusalsOf(doc, (e) => segments.saveSegment(e, s, 'v2'))).toEqual([
			{ type: 'HasIssues', segment: s }
		]);
		edit(doc, (e) => segments.createSegment(e, 'new', 'New', undefined, () => 'unused'));
		expect(refusalsOf(doc, (e) => segments.discardDraft(e, 'new', () => 'unused'))).toEqual([
			{ type: 'NeverSaved', segment: 'new' }
		]);
	});

	it('report a saved rule that is missing or does not read, and count none', () => {
		doc.getMap('versions').set('seg/v1', { at: 1, by: 'x', rule: { type: 'group' } });
		expect(read().saved).toBeUndefined();
		expect(read().issues).toContainEqual({ type: 'SavedMissing', version: 'v1' });
		doc.getMap('versions').delete('seg/v1');
		expect(read().issues).toEqual([{ type: 'SavedMissing', version: 'v1' }]);
	});

	it('keep a condition of an unknown kind through saving and discarding', () => {
		const weather = { kind: 'weather', sky: { clouds: [3, null] }, v: 2 };
		const body = { type: 'condition', condition: weather, weight: 2 };
		doc.getMap('nodes').set('seg/a/b', body);
		edit(doc, (e) => segments.approveDraft(e, s));
		edit(doc, (e) => segments.saveSegment(e, s, 'v2'));
		edit(doc, (e) => rules.remove(e, s, 'a'));
		edit(doc, (e) => segments.discardDraft(e, s, () => 'unused'));
		expect(doc.getMap('nodes').get('seg/a/b')).toEqual(body);
		expect(draftOf(doc, s).rule.children[0]).toMatchObject({ condition: weather });
	});

	it('hold a rule of 200 nodes, nested eight deep', () => {
		edit(doc, (e) => {
			let parent = 'root';
			for (let i = 0; i < 8; i += 1) {
				rules.addGroup(e, s, `g${i}`, 'any', { parent });
				parent = `g${i}`;
			}
			const values = Array.from({ length: 40 }, (_, i) => `a value ${i}`);
			for (let i = 0; i < 190; i += 1)
				rules.addCondition(e, s, `c${i}`, { kind: 'tag', values }, { parent });
		});
		edit(doc, (e) => segments.saveSegment(e, s, 'v2'));
		expect(read().saved).toEqual(read().draft);
	});
});

describe('“Looks right”', () => {
	it('holds for exactly the draft it was said of', () => {
		edit(doc, (e) => segments.approveDraft(e, s), 9000);
		expect(read().approved).toBe(true);
		expect(read().updated.at).toBe(1000);
		edit(doc, (e) => rules.setMuted(e, s, 'a', true));
		expect(read().approved).toBe(false);
		edit(doc, (e) => rules.setMuted(e, s, 'a', false));
		expect(read().approved).toBe(true);
	});
});
