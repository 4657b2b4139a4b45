import { beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import * as rules from '$lib/workspace/edit-rule';
import { createSegment } from '$lib/workspace/edit-segment';
import { device, draftOf, edit, is, refusalsOf, sketchOf } from '../../fixtures/workspace/devices';

let doc: Y.Doc;
const s = 'seg';
const root = 'root';

beforeEach(() => {
	doc = device(1);
	edit(doc, (e) => {
		createSegment(e, s, 'Regulars', undefined, () => 'unused');
		rules.addCondition(e, s, 'a', is('a'), { parent: root });
		rules.addGroup(e, s, 'g', 'any', { parent: root });
		rules.addCondition(e, s, 'b', is('b'), { parent: 'g' });
		rules.addCondition(e, s, 'c', is('c'), { parent: 'g' });
		rules.addCondition(e, s, 'd', is('d'), { parent: root });
	});
});

describe('the rule of a segment', () => {
	it('is what was put into it, in order', () => {
		expect(sketchOf(doc, s)).toBe('all(a any(b c) d)');
		expect(draftOf(doc, s).issues).toEqual([]);
	});

	it('takes nodes at an index, the first and the last too', () => {
		edit(doc, (e) => rules.addCondition(e, s, 'x', is('x'), { parent: root, index: 0 }));
		edit(doc, (e) => rules.addCondition(e, s, 'y', is('y'), { parent: root, index: 2 }));
		edit(doc, (e) => rules.addCondition(e, s, 'z', is('z'), { parent: root, index: 99 }));
		expect(sketchOf(doc, s)).toBe('all(x a y any(b c) d z)');
	});

	it('replaces conditions and matches', () => {
		edit(doc, (e) => rules.setCondition(e, s, 'b', is('new')));
		edit(doc, (e) => rules.setMatch(e, s, 'g', 'none'));
		edit(doc, (e) => rules.setMatch(e, s, root, 'any'));
		expect(sketchOf(doc, s)).toBe('any(a none(new c) d)');
	});

	it('keeps notes and what is muted, until taken away', () => {
		edit(doc, (e) => rules.setMuted(e, s, 'a', true));
		edit(doc, (e) => rules.setNote(e, s, 'a', 'Ask Bea'));
		expect(draftOf(doc, s).rule.children[0]).toMatchObject({ muted: true, note: 'Ask Bea' });
		edit(doc, (e) => rules.setMuted(e, s, 'a', false));
		edit(doc, (e) => rules.setNote(e, s, 'a', ''));
		expect(Object.keys(draftOf(doc, s).rule.children[0]!).sort()).toEqual([
			'condition',
			'id',
			'type'
		]);
	});

	it('moves a node by the index among the others', () => {
		edit(doc, (e) => rules.move(e, s, 'a', { parent: root, index: 1 }));
		expect(sketchOf(doc, s)).toBe('all(any(b c) a d)');
		edit(doc, (e) => rules.move(e, s, 'd', { parent: 'g', index: 1 }));
		expect(sketchOf(doc, s)).toBe('all(any(b d c) a)');
		edit(doc, (e) => rules.move(e, s, 'g', { parent: root }));
		expect(sketchOf(doc, s)).toBe('all(a any(b d c))');
	});

	it('removes a group with all that is in it, and leaves no register of it', () => {
		edit(doc, (e) => rules.remove(e, s, 'g'));
		expect(sketchOf(doc, s)).toBe('all(a d)');
		expect([...doc.getMap('nodes').keys()].sort()).toEqual([
			'seg/a/b',
			'seg/a/p',
			'seg/d/b',
			'seg/d/p'
		]);
	});

	it('wraps nodes from anywhere into a group where the first of them was', () => {
		edit(doc, (e) => rules.wrapInGroup(e, s, 'w', 'none', ['d', 'a']));
		expect(sketchOf(doc, s)).toBe('all(none(a d) any(b c))');
		edit(doc, (e) => rules.wrapInGroup(e, s, 'w2', 'all', ['c']));
		expect(sketchOf(doc, s)).toBe('all(none(a d) any(b all(c)))');
	});

	it('ungroups in place, and keeps muted what was', () => {
		edit(doc, (e) => rules.setMuted(e, s, 'g', true));
		edit(doc, (e) => rules.ungroup(e, s, 'g'));
		expect(sketchOf(doc, s)).toBe('all(a b c d)');
		expect(draftOf(doc, s).rule.children.map(({ muted }) => muted)).toEqual([
			undefined,
			true,
			true,
			undefined
		]);
	});

	it('becomes another as a whole, writing only what differs', () => {
		const { rule } = draftOf(doc, s);
		const before = doc.getMap('nodes').get('seg/b/b');
		edit(doc, (e) => rules.remove(e, s, 'd'));
		edit(doc, (e) => rules.move(e, s, 'a', { parent: 'g' }));
		edit(doc, (e) => rules.setMatch(e, s, root, 'none'));
		edit(doc, (e) => rules.replaceRule(e, s, rule, () => 'unused'));
		expect(draftOf(doc, s).rule).toEqual(rule);
		expect(doc.getMap('nodes').get('seg/b/b')).toBe(before);
	});

	it('gives new ids to nodes of a foreign rule that has one twice', () => {
		const { rule } = draftOf(doc, s);
		const twice = { ...rule, children: [rule.children[0]!, rule.children[0]!] };
		edit(doc, (e) => rules.replaceRule(e, s, twice, () => 'fresh'));
		expect(draftOf(doc, s).rule.children.map(({ id }) => id)).toEqual(['a', 'fresh']);
	});
});

describe('an edit that cannot be made', () => {
	const nothingChanged = (work: Parameters<typeof edit>[1]) => {
		const before = doc.getMap('nodes').toJSON();
		const refusals = refusalsOf(doc, work);
		expect(doc.getMap('nodes').toJSON()).toEqual(before);
		return refusals;
	};

	it('is refused for what is not there', () => {
		expect(nothingChanged((e) => rules.setCondition(e, s, 'gone', is('x')))).toEqual([
			{ type: 'Gone', segment: s, node: 'gone' }
		]);
		expect(
			nothingChanged((e) => rules.addCondition(e, s, 'n', is('n'), { parent: 'gone' }))
		).toEqual([{ type: 'Gone', segment: s, node: 'gone' }]);
		expect(
			nothingChanged((e) => rules.addGroup(e, 'nobody', 'n', 'all', { parent: root }))
		).toEqual([{ type: 'Gone', segment: 'nobody' }]);
		expect(nothingChanged((e) => rules.wrapInGroup(e, s, 'w', 'all', ['a', 'gone']))).toEqual([
			{ type: 'Gone', segment: s, node: 'gone' }
		]);
	});

	it('is refused for a move into itself, into a condition, or of the root', () => {
		edit(doc, (e) => rules.addGroup(e, s, 'inner', 'all', { parent: 'g' }));
		expect(nothingChanged((e) => rules.move(e, s, 'g', { parent: 'inner' }))).toEqual([
			{ type: 'IntoItself', node: 'g' }
		]);
		expect(nothingChanged((e) => rules.move(e, s, 'a', { parent: 'b' }))).toHaveLength(1);
		expect(nothingChanged((e) => rules.move(e, s, root, { parent: 'g' }))).toEqual([
			{ type: 'RootStays' }
		]);
		expect(nothingChanged((e) => rules.remove(e, s, root))).toEqual([{ type: 'RootStays' }]);
	});

	it('is refused as a whole when one of its values is too large or unsafe', () => {
		const large = { kind: 'tag', tags: Array.from({ length: 2000 }, (_, i) => `tag ${i}`) };
		const refusals = nothingChanged((e) => {
			rules.setCondition(e, s, 'a', is('fine'));
			rules.setCondition(e, s, 'b', large);
		});
		expect(refusals).toEqual([{ type: 'Unwritable', key: 'seg/b/b', problem: 'tooLarge' }]);
		const unsafe = JSON.parse('{"kind":"tag","__proto__":{"a":1}}') as { kind: string };
		expect(nothingChanged((e) => rules.setCondition(e, s, 'a', unsafe))).toMatchObject([
			{ type: 'Unwritable', problem: 'unsafeKey' }
		]);
	});
});
