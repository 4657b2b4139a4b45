import { beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import * as rules from '$lib/workspace/edit-rule';
import { createSegment } from '$lib/workspace/edit-segment';
import { projectionHash } from '$lib/workspace/projection';
import {
	device,
	draftOf,
	edit,
	is,
	meet,
	send,
	sketch,
	sketchOf
} from '../../fixtures/workspace/devices';

let ada: Y.Doc;
let bea: Y.Doc;
const s = 'seg';

beforeEach(() => {
	ada = device(1);
	bea = device(2);
	edit(ada, (e) => {
		createSegment(e, s, 'Regulars', undefined, () => 'unused');
		rules.addGroup(e, s, 'g', 'any', { parent: 'root' });
		rules.addCondition(e, s, 'a', is('a'), { parent: 'g' });
		rules.addGroup(e, s, 'h', 'none', { parent: 'root' });
		rules.addCondition(e, s, 'b', is('b'), { parent: 'h' });
	});
	send(ada, bea);
});

/** What both see once they have met. */
function met() {
	meet(ada, bea);
	expect(draftOf(ada, s)).toEqual(draftOf(bea, s));
	const { rule, detached, issues } = draftOf(ada, s);
	return { rule: sketch(rule), detached: detached.map(sketch), issues };
}

describe('edits of two people', () => {
	it('both survive when one edits what the other moves', () => {
		edit(ada, (e) => rules.setCondition(e, s, 'a', is('new')));
		edit(bea, (e) => rules.move(e, s, 'a', { parent: 'h', index: 0 }));
		expect(met()).toEqual({ rule: 'all(any() none(new b))', detached: [], issues: [] });
	});

	it('move a node once when both move it', () => {
		edit(ada, (e) => rules.move(e, s, 'a', { parent: 'root' }));
		edit(bea, (e) => rules.move(e, s, 'a', { parent: 'h' }));
		expect(met().rule.match(/\ba\b/g)).toHaveLength(1);
	});

	it('hang the smaller of two groups moved into each other at the root', () => {
		edit(ada, (e) => rules.move(e, s, 'g', { parent: 'h' }));
		edit(bea, (e) => rules.move(e, s, 'h', { parent: 'g' }));
		const { rule, detached, issues } = met();
		expect(rule).toBe('all(any(a none(b)))');
		expect(detached).toEqual([]);
		expect(issues).toEqual([{ type: 'Loop', node: 'g' }]);
	});

	it('leave no trace of a loop once somebody moves one of its groups', () => {
		edit(ada, (e) => rules.move(e, s, 'g', { parent: 'h' }));
		edit(bea, (e) => rules.move(e, s, 'h', { parent: 'g' }));
		meet(ada, bea);
		edit(bea, (e) => rules.move(e, s, 'h', { parent: 'root' }));
		expect(met()).toEqual({ rule: 'all(any(a) none(b))', detached: [], issues: [] });
	});

	it('keep what a removed part of a loop held apart from it', () => {
		edit(ada, (e) => rules.move(e, s, 'g', { parent: 'h' }));
		edit(bea, (e) => rules.move(e, s, 'h', { parent: 'g' }));
		meet(ada, bea);
		edit(ada, (e) => rules.remove(e, s, 'h'));
		expect(met()).toEqual({ rule: 'all(any(a))', detached: [], issues: [] });
	});

	it('detach what one adds to a group that the other removes', () => {
		edit(ada, (e) => rules.addCondition(e, s, 'c', is('c'), { parent: 'g' }));
		edit(bea, (e) => rules.remove(e, s, 'g'));
		expect(met()).toEqual({
			rule: 'all(none(b))',
			detached: ['c'],
			issues: [{ type: 'Detached', node: 'c' }]
		});
		edit(ada, (e) => rules.move(e, s, 'c', { parent: 'h' }));
		expect(met()).toEqual({ rule: 'all(none(b c))', detached: [], issues: [] });
	});

	it('detach what one edits and the other removes, to be discarded', () => {
		edit(ada, (e) => rules.setCondition(e, s, 'a', is('new')));
		edit(bea, (e) => rules.remove(e, s, 'g'));
		const { detached } = met();
		expect(detached).toEqual(['new']);
		edit(bea, (e) => rules.remove(e, s, 'a'));
		expect(met()).toEqual({ rule: 'all(none(b))', detached: [], issues: [] });
	});

	it('ignore a move of what the other removed', () => {
		edit(ada, (e) => rules.move(e, s, 'a', { parent: 'h' }));
		edit(bea, (e) => rules.remove(e, s, 'a'));
		expect(met()).toEqual({ rule: 'all(any() none(b))', detached: [], issues: [] });
	});

	it('put two nodes at one place side by side, with room between them', () => {
		edit(ada, (e) => rules.addCondition(e, s, 'x', is('x'), { parent: 'h' }));
		edit(bea, (e) => rules.addCondition(e, s, 'y', is('y'), { parent: 'h' }));
		expect(met().rule).toBe('all(any(a) none(b x y))');
		edit(ada, (e) => rules.addCondition(e, s, 'z', is('z'), { parent: 'h', index: 2 }));
		expect(met().rule).toBe('all(any(a) none(b x z y))');
	});
});

describe('registers that no honest device would write', () => {
	const nodes = () => ada.getMap('nodes');

	it('keep a body that does not read in its place, as a condition nobody knows', () => {
		nodes().set('seg/a/b', { type: 'condition', condition: 'tag' });
		const { rule, issues } = draftOf(ada, s);
		expect(rule.children[0]).toMatchObject({
			children: [{ id: 'a', type: 'condition', condition: { kind: '' } }]
		});
		expect(issues).toEqual([
			{ type: 'BrokenRegister', root: 'nodes', key: 'seg/a/b', problem: 'unexpected' }
		]);
	});

	it('refuse values that are not plain JSON, whatever they are', () => {
		const values: [unknown, string][] = [
			[new Uint8Array(3), 'notJson'],
			[{ type: 'group', match: 'all', big: 10n }, 'notJson'],
			[Object.create({ type: 'group', match: 'all' }), 'notJson'],
			[{ type: 'group', match: 'all', note: { constructor: 'x' } }, 'unsafeKey'],
			[{ type: 'group', match: 'x'.repeat(17_000) }, 'tooLarge'],
			[deep(13), 'tooDeep']
		];
		for (const [value, problem] of values) {
			nodes().set('seg/a/b', value);
			expect(draftOf(ada, s).issues).toContainEqual({
				type: 'BrokenRegister',
				root: 'nodes',
				key: 'seg/a/b',
				problem
			});
		}
	});

	it('read fields that came over the wire as a prototype as no fields', () => {
		// `{__proto__: …}` with an own key of that name, as another program could encode it
		nodes().set('seg/a/b', JSON.parse('{"__proto__":{"type":"group","match":"all"}}'));
		send(ada, bea);
		expect(draftOf(bea, s).issues).toContainEqual(
			expect.objectContaining({ type: 'BrokenRegister', key: 'seg/a/b' })
		);
	});

	it('detach a node whose place does not read, and lift one out of a condition', () => {
		nodes().set('seg/a/p', 'somewhere');
		nodes().set('seg/b/p', ['a', 'a0']);
		const { rule, detached, issues } = draftOf(ada, s);
		expect(sketch(rule)).toBe('all(b any() none())');
		expect(detached.map(sketch)).toEqual(['a']);
		expect(issues.map(({ type }) => type).sort()).toEqual([
			'BrokenRegister',
			'Detached',
			'ParentNotGroup'
		]);
	});

	it('give a root whose match does not read none, so that it is not evaluated', () => {
		ada.getMap('segments').set('seg/match', 7);
		expect(draftOf(ada, s).rule.match).toBe('');
		expect(draftOf(ada, s).issues).toHaveLength(1);
	});

	it('sort orders that are no keys, and make room among them', () => {
		nodes().set('seg/g/p', ['root', '!!']);
		nodes().set('seg/h/p', ['root', '']);
		edit(ada, (e) => rules.addCondition(e, s, 'm', is('m'), { parent: 'root', index: 1 }));
		expect(sketchOf(ada, s)).toBe('all(none(b) m any(a))');
	});

	it('build no tree that is too deep to walk', () => {
		for (let i = 0; i < 5_000; i += 1) {
			nodes().set(`deep/n${i}/b`, { type: 'group', match: 'all' });
			nodes().set(`deep/n${i}/p`, [i === 0 ? 'root' : `n${i - 1}`, 'a0']);
		}
		const { rule, detached, issues } = draftOf(ada, 'deep');
		expect(JSON.stringify([rule, detached]).match(/"id"/g)).toHaveLength(5_001);
		expect(issues).toContainEqual({ type: 'TooManyNodes', count: 5_000 });
	});

	it('keep what a newer app wrote beside, through edits of the rest', () => {
		nodes().set('seg/a/b', {
			type: 'condition',
			condition: { kind: 'weather', sky: { clouds: 3 } },
			weight: 2
		});
		edit(ada, (e) => rules.setNote(e, s, 'a', 'What is this?'));
		send(ada, bea);
		expect(bea.getMap('nodes').get('seg/a/b')).toEqual({
			type: 'condition',
			condition: { kind: 'weather', sky: { clouds: 3 } },
			weight: 2,
			note: 'What is this?'
		});
		expect(draftOf(bea, s).issues).toEqual([]);
	});
});

describe('the hash of a projection', () => {
	it('is the same on two devices, and changes with rule and tray', () => {
		const before = projectionHash(draftOf(ada, s));
		expect(projectionHash(draftOf(bea, s))).toBe(before);
		expect(before).toMatch(/^[0-9a-f]{14}$/);
		edit(ada, (e) => rules.setMatch(e, s, 'root', 'any'));
		expect(projectionHash(draftOf(ada, s))).not.toBe(before);
		edit(ada, (e) => rules.setMatch(e, s, 'root', 'all'));
		expect(projectionHash(draftOf(ada, s))).toBe(before);
		ada.getMap('nodes').delete('seg/b/p');
		expect(projectionHash(draftOf(ada, s))).not.toBe(before);
	});
});

function deep(levels: number): unknown {
	return levels === 0 ? 'ground' : { down: deep(levels - 1) };
}
