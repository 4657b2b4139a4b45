import { expect, test } from 'vitest';
import { allChoices } from '$lib/rules/conditions/registry';
import { emptyText } from '$lib/campaigns/content/block';
import {
	addBlock,
	addSource,
	createCampaign,
	duplicateCampaign,
	markSent,
	removeSource,
	renameCampaign
} from '$lib/workspace/edit-campaigns';
import { setCampaign } from '$lib/workspace/edit-segment';
import { rootId } from '$lib/rules/rule';
import { randomId } from '$lib/workspace/random-id';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { device } from '../../fixtures/workspace/devices';

test('a segment built for a campaign is called after it, and offered nowhere', () => {
	const w = new Workspace(device(1), { by: 'ada', now: () => 1234 });
	const swiss = w.createSegment('Swiss');
	const built = w.createSegment('');
	if (!swiss.ok || !built.ok) throw new Error('refused');
	w.gesture('Create campaign', (edit) => {
		createCampaign(edit, 'c', 'Autumn');
		setCampaign(edit, built.value, 'c');
	});
	expect(w.segments.map(({ name }) => name)).toEqual(['Swiss']);
	expect(w.campaignSegments.map(({ id }) => id)).toEqual([built.value]);
	expect(w.segment(built.value)?.campaign).toBe('c');
	expect(w.definitions.segments.get(built.value)?.name).toBe('Audience of Autumn');
	const offered = allChoices(w.definitions).filter(({ group }) => group === 'Segments');
	expect(offered.map(({ label }) => label)).toContain('In segment Swiss');
	expect(offered.some(({ label }) => label.includes('Autumn'))).toBe(false);

	w.gesture('Rename campaign', (edit) => renameCampaign(edit, 'c', 'Winter'));
	expect(w.definitions.segments.get(built.value)?.name).toBe('Audience of Winter');

	w.setState(built.value, 'deleted');
	expect(w.deletedSegments).toEqual([]);

	// Saved as a segment it is one like all others.
	w.setState(built.value, 'active');
	w.gesture('Save as segment', (edit) => setCampaign(edit, built.value, undefined));
	expect(w.segments.map(({ id }) => id)).toContain(built.value);
});

/** A campaign for a segment that was built for it, saved and edited since, which also chooses a text. */
function withBuilt() {
	const w = new Workspace(device(1), { by: 'ada', now: () => 1234 });
	const made = w.createSegment('Audience of Autumn');
	if (!made.ok) throw new Error('refused');
	const built = { type: 'segment', id: made.value } as const;
	w.addCondition(built.id, { kind: 'everyone' }, { parent: rootId });
	w.saveSegment(built.id);
	w.addCondition(built.id, { kind: 'tag' }, { parent: rootId });
	w.gesture('Create campaign', (edit) => {
		createCampaign(edit, 'c', 'Autumn');
		setCampaign(edit, built.id, 'c');
		addSource(edit, 'c', 'include', built);
		addSource(edit, 'c', 'exclude', { type: 'list', id: 'news' });
		addBlock(edit, 'c', 'b', {
			type: 'dynamic',
			variants: [{ id: 'v', segment: built.id, text: emptyText }],
			otherwise: null
		});
	});
	return { w, built };
}

test('a copy of a campaign has copies of the segments that were built for it', () => {
	const { w, built } = withBuilt();
	const before = w.segment(built.id)!;
	w.gesture('Duplicate campaign', (edit) =>
		duplicateCampaign(edit, 'c', { id: 'd', name: 'Winter' }, () => randomId(8))
	);
	const { include, exclude, blocks } = w.campaign('d')!;
	expect(exclude).toEqual([{ type: 'list', id: 'news' }]);
	expect(include).toHaveLength(1);
	const copy = include[0]!.id;
	expect(copy).not.toBe(built.id);
	expect(blocks[0]!.block).toMatchObject({ variants: [{ id: 'v', segment: copy }] });
	const { campaign, saved, draft, hasChanges } = w.segment(copy)!;
	expect({ campaign, saved, draft, hasChanges }).toEqual({
		...{ campaign: 'd', saved: before.saved, draft: before.draft, hasChanges: true }
	});

	w.setMatch(copy, rootId, 'none');
	w.saveSegment(copy);
	expect(w.segment(built.id)).toEqual(before);
	expect(w.campaign('c')!.include).toEqual([built]);
});

test('a copy goes with what was built for it when it is undone, unless it was sent', () => {
	const { w } = withBuilt();
	const duplicate = (id: string) =>
		w.gesture('Duplicate campaign', (edit) =>
			duplicateCampaign(edit, 'c', { id, name: id }, () => randomId(8))
		);
	duplicate('d');
	expect(w.campaignSegments).toHaveLength(2);
	expect(w.undo()?.type).toBe('done');
	expect(w.campaignSegments).toHaveLength(1);

	duplicate('e');
	const sent = { run: 'r', ref: 'e', reach: 1, hash: '', how: 'file' } as const;
	w.gesture('Send campaign', (edit) => markSent(edit, 'e', sent), false);
	const asSent = w.campaign('e');
	expect(w.undo()?.type).toBe('changedSince');
	expect(w.campaign('e')).toEqual(asSent);
	expect(w.segment(asSent!.include[0]!.id)?.saved).toBeDefined();
});

test('what was built for a campaign goes when it is taken out of that, and comes back with it', () => {
	const { w, built } = withBuilt();
	w.gesture('Copy by hand', (edit) => {
		createCampaign(edit, 'd', 'Winter');
		addSource(edit, 'd', 'include', built);
	});
	const takeOut = (id: string) =>
		w.gesture('Take out', (edit) => removeSource(edit, id, 'include', built));
	takeOut('d');
	expect(w.segment(built.id)?.state).toBe('active');
	takeOut('c');
	expect(w.segment(built.id)?.state).toBe('deleted');
	expect(w.undo()?.type).toBe('done');
	expect(w.segment(built.id)?.state).toBe('active');
	expect(w.campaign('c')?.include).toEqual([built]);
});
