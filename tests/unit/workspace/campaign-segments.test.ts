import { expect, test } from 'vitest';
import { allChoices } from '$lib/rules/conditions/registry';
import { createCampaign, renameCampaign } from '$lib/workspace/edit-campaigns';
import { setCampaign } from '$lib/workspace/edit-segment';
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
