import { describe, expect, it } from 'vitest';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import type { Lens } from '$lib/workspace/lens';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import { device, edit } from '../../fixtures/workspace/devices';

/** A kind that once had one town, then towns, and now says how near. */
const lenses: readonly Lens[] = [
	{
		kind: 'town',
		from: 1,
		read: ({ town, ...rest }) => ({ ...rest, towns: [town] }) as never
	},
	{ kind: 'town', from: 2, read: (condition) => ({ ...condition, within: 0 }) }
];

const s = 'seg';
const old = { kind: 'town', town: 'Bern', beside: { unknown: true } };
const doc = device(1);
edit(doc, (e) => {
	segments.createSegment(e, s, 'S', undefined, () => 'unused');
	rules.addGroup(e, s, 'g', 'any', { parent: 'root' });
	rules.addCondition(e, s, 'a', old, { parent: 'g' });
	rules.addCondition(e, s, 'b', { kind: 'town', v: 2, towns: ['Chur'] }, { parent: 'g' });
	rules.addCondition(e, s, 'c', { kind: 'town', v: 7, spires: 3 }, { parent: 'root' });
	rules.addCondition(e, s, 'd', { kind: 'tag' }, { parent: 'root' });
});
edit(doc, (e) => segments.saveSegment(e, s, 'v1'));
const read = () => readSegment(registersOf(doc), s, lenses)!;
const conditions = (rule = read().draft) =>
	rule.children.flatMap((node) => (node.type === 'group' ? node.children : [node]));

describe('a condition of an older form', () => {
	it('reads in the newest one, in the draft and in what is saved, with what nobody knows', () => {
		const inNewest = { kind: 'town', v: 3, towns: ['Bern'], within: 0, beside: { unknown: true } };
		for (const rule of [read().draft, read().saved!])
			expect(conditions(rule).map((node) => node.type === 'condition' && node.condition)).toEqual([
				inNewest,
				{ kind: 'town', v: 3, towns: ['Chur'], within: 0 },
				{ kind: 'town', v: 7, spires: 3 },
				{ kind: 'tag' }
			]);
		expect(read()).toMatchObject({ hasChanges: false, merged: false });
	});

	it('is stored as it was until a person edits that very condition', () => {
		const stored = () => doc.getMap('nodes').get('seg/a/b');
		read();
		edit(doc, (e) => rules.setMuted(e, s, 'b', true));
		edit(doc, (e) => rules.move(e, s, 'a', { parent: 'root' }));
		expect(stored()).toEqual({ type: 'condition', condition: old });
		const now = { ...old, kind: 'town', v: 3, towns: ['Bern', 'Thun'], within: 5 };
		edit(doc, (e) => rules.setCondition(e, s, 'a', now));
		expect(stored()).toEqual({ type: 'condition', condition: now });
		expect(doc.getMap('nodes').get('seg/b/b')).toMatchObject({ condition: { v: 2 } });
	});

	it('is the same object each time it is read', () => {
		const said = () =>
			conditions(read().saved).map((node) => 'condition' in node && node.condition);
		expect(said()[0]).toBe(said()[0]);
	});
});
