import type { App } from '$lib/app.svelte';
import { freeName } from '$lib/free-name';
import { told } from '$lib/segments/actions.svelte';
import { toast } from '$lib/ui/toast';
import type { Campaign, CampaignState } from '$lib/workspace/campaigns';
import {
	addSource,
	createCampaign,
	duplicateCampaign,
	renameCampaign,
	setCampaignState,
	setLanguage
} from '$lib/workspace/edit-campaigns';
import { createSegment, saveSegment, setCampaign } from '$lib/workspace/edit-segment';
import { randomId } from '$lib/workspace/random-id';
import { isLocale } from './content/locale';
import { didNotOpen } from './not-opened';

/** A new campaign, in the browser's language; gives its id, or nothing if it was refused. */
export function create(app: App): string | undefined {
	const id = randomId(10);
	const name = freeName('New campaign', app.workspace.campaigns);
	const { language } = navigator;
	const made = app.workspace.gesture('Create campaign', (edit) => {
		createCampaign(edit, id, name);
		if (isLocale(language)) setLanguage(edit, id, language);
	});
	return told(made) ? id : undefined;
}

/** A copy that was never sent; gives its id, or nothing if it was refused. */
export function duplicate(app: App, { id: source, name }: Campaign): string | undefined {
	const id = randomId(10);
	const copy = freeName(`${name} copy`, app.workspace.campaigns);
	const made = app.workspace.gesture('Duplicate campaign', (edit) =>
		duplicateCampaign(edit, source, { id, name: copy }, () => randomId(10))
	);
	if (!told(made)) return;
	void toast(`“${copy}” made.`, {
		undo: () => void put(app, id, 'deleted')
	});
	return id;
}

/**
 * A copy for those who got a campaign and did not open it, as far as that is known, but for those who complained or
 * unsubscribed by it; gives its id, or nothing if it was refused or the campaign was never sent.
 */
export function resend(app: App, { id: source, name, sent }: Campaign): string | undefined {
	if (!sent) return;
	const [id, segment] = [randomId(10), randomId(10)];
	const copy = freeName(`${name}, again`, app.workspace.campaigns);
	const rule = didNotOpen(sent.ref, () => randomId(8));
	const made = app.workspace.gesture('Resend campaign', (edit) => {
		duplicateCampaign(edit, source, { id, name: copy }, () => randomId(10), ['exclude']);
		createSegment(edit, segment, `Did not open ${name}`, rule, () => randomId(8));
		saveSegment(edit, segment, randomId(10));
		setCampaign(edit, segment, id);
		addSource(edit, id, 'include', { type: 'segment', id: segment });
	});
	if (!told(made)) return;
	void toast(
		`“${copy}” made, for those who did not open it; without those whose message bounced, and who complained or unsubscribed.`
	);
	return id;
}

export const rename = (app: App, { id }: Campaign, name: string): boolean =>
	told(app.workspace.gesture('Rename campaign', (edit) => renameCampaign(edit, id, name)));

const done = { active: 'restored', archived: 'archived', deleted: 'deleted' } as const;
const labels = {
	active: 'Restore campaign',
	archived: 'Archive campaign',
	deleted: 'Delete campaign'
} as const;

/** Archives, deletes or restores, and says so with Undo. */
export function changeState(app: App, { id, name, state }: Campaign, to: CampaignState): void {
	if (!put(app, id, to)) return;
	void toast(`“${name}” ${done[to]}.`, { undo: () => void put(app, id, state) });
}

const put = (app: App, id: string, to: CampaignState): boolean =>
	told(app.workspace.gesture(labels[to], (edit) => setCampaignState(edit, id, to)));
