import { beforeEach, expect, it } from 'vitest';
import { defaultFormat } from '$lib/exports/format';
import { NodeId, rootId, type DraftCondition } from '$lib/rules/rule';
import { brokenBy, candidatesFor } from '$lib/uses/candidates';
import { replaceUses, type Replaceable } from '$lib/uses/replace';
import { usesOf } from '$lib/uses/uses';
import * as campaigns from '$lib/workspace/edit-campaigns';
import type { ConditionDraft } from '$lib/workspace/edit-rule';
import { putExportTemplate } from '$lib/workspace/edit-exports';
import { readExportTemplates } from '$lib/workspace/exports';
import { registersOf } from '$lib/workspace/registers';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { contentsOf, device } from '../../fixtures/workspace/devices';

let w: Workspace;
let n = 0;
const newId = () => `id${n++}`;
beforeEach(() => {
	n = 0;
	w = new Workspace(device(1), { by: 'ada', now: () => 1234, newId });
});

const newSegment = (name: string, ...conditions: ConditionDraft[]) => {
	const made = w.createSegment(name);
	if (!made.ok) throw new Error('refused');
	for (const condition of conditions) w.addCondition(made.value, condition, { parent: rootId });
	w.saveSegment(made.value);
	return made.value;
};
const inList = (...lists: string[]): ConditionDraft => ({
	kind: 'list',
	test: { operator: 'inAny', lists }
});
const inSegment = (segment: string) => ({ kind: 'segment', segment, in: true });
const only = (condition: ConditionDraft): DraftCondition => ({
	...{ type: 'condition', id: NodeId.parse('only') },
	condition
});
const replace = (used: Replaceable, by: string) => {
	const made = w.revertible('Replace', (edit) => replaceUses(edit, w, used, by, newId));
	if (!made.ok) throw new Error(JSON.stringify(made.error));
	return made.value;
};
const conditions = (id: string, of: 'draft' | 'saved') =>
	w.segment(id)![of]!.children.map((node) => node.type === 'condition' && node.condition);

/** The document without the times of edits, which undo does not turn back. */
const contents = () => {
	const { segments, ...rest } = contentsOf(w.doc) as { segments: Record<string, unknown> };
	const kept = Object.entries(segments).filter(([key]) => !/\/(?:updated|seen)$/.test(key));
	return { ...rest, segments: Object.fromEntries(kept) };
};

it('puts a list where another was, everywhere, as one step that is taken back as one', () => {
	const saved = newSegment('Saved', inList('a', 'b'), { kind: 'everyone' });
	const changed = newSegment('Changed since', inList('a'));
	w.addCondition(changed, inList('a', 'c'), { parent: rootId });
	const view = w.createSmartList('View', {
		...{ rule: only(inList('a')), columns: ['email'], density: 'compact' }
	});
	w.gesture('Campaign', (edit) => {
		for (const id of ['open', 'sent']) {
			campaigns.createCampaign(edit, id, id);
			campaigns.addSource(edit, id, 'include', { type: 'list', id: 'a' });
			campaigns.addSource(edit, id, 'exclude', { type: 'segment', id: 'a' });
		}
		campaigns.markSent(edit, 'sent', { run: 'r', ref: 's', reach: 1, hash: '', how: 'file' });
	});
	const before = contents();

	const back = replace({ type: 'list', id: 'a' }, 'b');
	expect(usesOf({ type: 'list', id: 'a' }, w).map(({ name }) => name)).toEqual(['sent']);
	expect(conditions(saved, 'saved')).toEqual([inList('b'), { kind: 'everyone' }]);
	expect(conditions(saved, 'draft')).toEqual([inList('b'), { kind: 'everyone' }]);
	expect(w.segment(saved)!.hasChanges).toBe(false);
	expect(conditions(changed, 'saved')).toEqual([inList('b')]);
	expect(conditions(changed, 'draft')).toEqual([inList('b'), inList('b', 'c')]);
	expect(view.ok && w.smartList(view.value)?.view?.rule).toEqual(only(inList('b')));
	expect(w.campaign('open')?.include).toEqual([{ type: 'list', id: 'b' }]);
	// A segment may have the same id.
	expect(w.campaign('open')?.exclude).toEqual([{ type: 'segment', id: 'a' }]);

	expect(back()?.type).toBe('done');
	expect(contents()).toEqual(before);
});

it('puts a field where another was: in columns, order, files and what campaigns say', () => {
	const view = w.createSmartList('View', {
		...{ rule: null, columns: ['email', 'old', 'new'], density: 'comfortable' },
		...{ widths: { old: 200 }, sort: { by: 'old', descending: true } }
	});
	w.putField({ id: 'old', name: 'Old name', type: 'text' });
	w.gesture('Campaign', (edit) => {
		campaigns.createCampaign(edit, 'c', 'Offer');
		campaigns.setPreview(edit, 'c', 'For {old NAME}');
		campaigns.setSubject(edit, 'c', 'Dear {old | "old friend"}, {older}');
		campaigns.setSender(edit, 'c', {
			...{
				name: 'Shop',
				address: 'a@shop.test',
				unsubscribe: 'https://shop.test/?k={old}&e={email}'
			}
		});
		const merge = { type: 'merge', attrs: { field: 'old', fallback: 'old' } };
		campaigns.addBlock(edit, 'c', 'b', {
			type: 'text',
			text: { type: 'doc', content: [{ type: 'paragraph', content: [merge] }] }
		});
	});
	w.gesture('Save template', (edit) =>
		putExportTemplate(edit, 't', 'Meta', {
			columns: [{ id: '1', header: '', source: 'field', field: 'old', as: 'md5' }],
			format: defaultFormat
		})
	);
	replace({ type: 'field', id: 'old' }, 'new');
	expect(readExportTemplates(registersOf(w.doc))[0]!.definition.columns).toEqual([
		{ id: '1', header: '', source: 'field', field: 'new', as: 'md5' }
	]);
	expect(view.ok && w.smartList(view.value)?.view).toMatchObject({
		...{ columns: ['email', 'new'], widths: { new: 200 } },
		sort: { by: 'new', descending: true }
	});
	const { subject, preview, sender, blocks } = w.campaign('c')!;
	expect(sender).toEqual({
		...{ name: 'Shop', address: 'a@shop.test', unsubscribe: 'https://shop.test/?k={new}&e={email}' }
	});
	expect(subject).toBe('Dear {new | "old friend"}, {older}');
	expect(preview).toBe('For {new}');
	expect(JSON.stringify(blocks)).toContain('{"field":"new","fallback":"old"}');
	expect(usesOf({ type: 'field', id: 'old' }, w)).toEqual([]);
});

it('puts a segment into dynamic blocks, and a smart list into audiences', () => {
	w.gesture('Campaign', (edit) => {
		campaigns.createCampaign(edit, 'c', 'Offer');
		campaigns.addSource(edit, 'c', 'include', { type: 'smartList', id: 'old' });
		const text = { type: 'doc' };
		campaigns.addBlock(edit, 'c', 'b', {
			...{ type: 'dynamic', otherwise: null },
			variants: [
				{ id: '1', segment: 'old', text },
				{ id: '2', segment: 'other', text }
			]
		});
	});
	replace({ type: 'segment', id: 'old' }, 'new');
	replace({ type: 'smartList', id: 'old' }, 'new');
	const { include, blocks } = w.campaign('c')!;
	expect(include).toEqual([{ type: 'smartList', id: 'new' }]);
	expect(blocks[0]!.block).toMatchObject({
		variants: [
			{ id: '1', segment: 'new' },
			{ id: '2', segment: 'other' }
		]
	});
});

it('offers what can stand there: of the same kind and type, and no segment that leads back', () => {
	const swiss = newSegment('Swiss', { kind: 'everyone' });
	newSegment('Uses Swiss', inSegment(swiss));
	const through = newSegment('Through another', inSegment(w.segments[1]!.id));
	const other = newSegment('Other', { kind: 'everyone' });
	w.createSegment('Never saved');
	w.setState(newSegment('Put away', { kind: 'everyone' }), 'archived');
	const offered = (used: Replaceable) =>
		candidatesFor(used, w.definitions, w).map(({ name }) => name);
	expect(offered({ type: 'segment', id: swiss })).toEqual(['Other']);
	expect(offered({ type: 'segment', id: other })).toContain('Through another');
	expect(through).not.toBe(other);

	w.putField({ id: 'a', name: 'Seats', type: 'number' });
	w.putField({ id: 'b', name: 'Rooms', type: 'number' });
	w.putField({ id: 'c', name: 'Nick', type: 'text' });
	expect(offered({ type: 'field', id: 'a' })).toEqual(['Rooms']);
});

it('tells what could not be counted with another choice in its place', () => {
	const options = [{ id: 'x', name: 'X' }];
	w.putField({ id: 'a', name: 'Plan', type: 'select', options });
	w.putField({ id: 'b', name: 'Level', type: 'select', options: [{ id: 'y', name: 'Y' }] });
	w.putField({ id: 'c', name: 'Grade', type: 'select', options });
	const is = { operator: 'isAnyOf', values: ['x'] };
	newSegment('Xs', { kind: 'field', field: 'a', of: 'select', test: is });
	const broken = (by: string) => brokenBy({ type: 'field', id: 'a' }, by, w.definitions, w);
	expect(broken('c')).toEqual([]);
	expect(broken('b')).toEqual(['Xs']);
});
