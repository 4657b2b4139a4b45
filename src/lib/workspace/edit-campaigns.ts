import {
	sourceKey,
	type AudienceLimit,
	type AudienceSource,
	type HoldOut
} from '$lib/campaigns/audience/source';
import type { Block } from '$lib/campaigns/content/block';
import { sameJson } from '$lib/json';
import { readCampaign, type CampaignState, type Sender, type Sent } from './campaigns';
import { usable } from './edit-definitions';
import { copySegmentFor, setState } from './edit-segment';
import type { Edit } from './gesture';
import { orderAt } from './order';
import { readSegment } from './segment';

/** A new campaign, with nobody in it and nothing to say. */
export function createCampaign(edit: Edit, id: string, name: string): void {
	if (!usable(edit, id)) return;
	edit.write('campaigns', `${id}/new`, edit.stamp);
	edit.write('campaigns', `${id}/name`, name);
}

type Side = 'include' | 'exclude';

/**
 * A copy of what a campaign is, without that it was sent; of whom it is for, only these sides. What was built for it is
 * copied too, or to edit the one would change the other. Its lots are drawn anew: by the same ones, nobody would be held
 * out among those whom they did not hold out before.
 */
export function duplicateCampaign(
	edit: Edit,
	source: string,
	{ id, name }: { readonly id: string; readonly name: string },
	newId: () => string,
	sides: readonly Side[] = ['include', 'exclude']
): void {
	if (!exists(edit, source)) return;
	createCampaign(edit, id, name);
	const copied = new RegExp(
		`^[^/]*/(?:(?:${[...sides, 'block'].join('|')})/.*|holdOut|limit|sender|language|subject|preview)$`
	);
	for (const key of [...edit.keys('campaigns', source)])
		if (copied.test(key))
			edit.write('campaigns', id + key.slice(source.length), edit.raw('campaigns', key));
	const holdOut = readCampaign(edit, id)?.holdOut;
	if (holdOut) edit.write('campaigns', `${id}/holdOut`, { ...holdOut, seed: id });
	copyBuilt(edit, id, newId);
}

/** Puts copies in the place of segments that were built for another campaign. */
function copyBuilt(edit: Edit, id: string, newId: () => string): void {
	const campaign = readCampaign(edit, id);
	if (!campaign) return;
	const copies = new Map<string, string>();
	const copyOf = (segment: string): string => {
		const built = readSegment(edit, segment);
		if (built?.campaign === undefined || built.state === 'deleted') return segment;
		const copy = copies.get(segment) ?? newId();
		if (!copies.has(segment)) copySegmentFor(edit, segment, copy, campaign, newId);
		copies.set(segment, copy);
		return copy;
	};
	for (const side of ['include', 'exclude'] as const)
		for (const source of campaign[side]) {
			const copy = source.type === 'segment' ? copyOf(source.id) : source.id;
			if (copy === source.id) continue;
			const [from, to] = [source, { ...source, id: copy }].map(
				(one) => `${id}/${side}/${sourceKey(one)}`
			) as [string, string];
			edit.write('campaigns', to, edit.raw('campaigns', from));
			edit.write('campaigns', from, undefined);
		}
	for (const { id: blockId, block } of campaign.blocks) {
		if (block.type !== 'dynamic') continue;
		const variants = block.variants.map((variant) =>
			variant.segment === undefined ? variant : { ...variant, segment: copyOf(variant.segment) }
		);
		if (!sameJson(variants, block.variants))
			edit.write('campaigns', `${id}/block/${blockId}/body`, { ...block, variants });
	}
}

export const renameCampaign = (edit: Edit, id: string, name: string): void =>
	note(edit, id, 'name', name);

/** Archives, deletes or restores. A deleted campaign is kept, so that it can be restored. */
export const setCampaignState = (edit: Edit, id: string, state: CampaignState): void =>
	note(edit, id, 'state', { state, ...edit.stamp });

/** Adds people to whom it is for, or to whom it is never for. */
export const addSource = (edit: Edit, id: string, side: Side, source: AudienceSource): void =>
	set(edit, id, `${side}/${sourceKey(source)}`, { at: edit.stamp.at });

/** Takes people out of whom it is for. A segment that was built for it goes with that: it stands nowhere else. */
export function removeSource(edit: Edit, id: string, side: Side, source: AudienceSource): void {
	set(edit, id, `${side}/${sourceKey(source)}`, undefined);
	if (source.type === 'segment' && readSegment(edit, source.id)?.campaign === id)
		setState(edit, source.id, 'deleted');
}

export const setHoldOut = (edit: Edit, id: string, holdOut: HoldOut | undefined): void =>
	set(edit, id, 'holdOut', holdOut);

export const setLimit = (edit: Edit, id: string, limit: AudienceLimit | undefined): void =>
	set(edit, id, 'limit', limit);

export const setSender = (edit: Edit, id: string, sender: Sender): void =>
	set(edit, id, 'sender', sender);

/** `language` is BCP 47. */
export const setLanguage = (edit: Edit, id: string, language: string): void =>
	set(edit, id, 'language', language);

export const setSubject = (edit: Edit, id: string, subject: string): void =>
	set(edit, id, 'subject', subject);

export const setPreview = (edit: Edit, id: string, preview: string): void =>
	set(edit, id, 'preview', preview);

/** Adds a block behind the one with the id `after`; at the end without it. */
export function addBlock(
	edit: Edit,
	id: string,
	blockId: string,
	block: Block,
	after?: string
): void {
	const blocks = readCampaign(edit, id)?.blocks ?? [];
	const index = after === undefined ? blocks.length : blocks.findIndex((b) => b.id === after) + 1;
	placeBlock(edit, id, blockId, index);
	set(edit, id, `block/${blockId}/body`, block);
}

/** Replaces a block as a whole. */
export const setBlock = (edit: Edit, id: string, blockId: string, block: Block): void =>
	set(edit, id, `block/${blockId}/body`, block);

/** Moves a block; `index` counts the others only. */
export function placeBlock(edit: Edit, id: string, blockId: string, index: number): void {
	const others = (readCampaign(edit, id)?.blocks ?? []).filter((block) => block.id !== blockId);
	const { order, moved } = orderAt(others, index);
	for (const placed of [{ id: blockId, order }, ...moved])
		set(edit, id, `block/${placed.id}/order`, placed.order);
}

export function removeBlock(edit: Edit, id: string, blockId: string): void {
	set(edit, id, `block/${blockId}/body`, undefined);
	set(edit, id, `block/${blockId}/order`, undefined);
}

/** Says that it went out. From then on neither whom it is for nor what it says is edited. */
export const markSent = (edit: Edit, id: string, sent: Omit<Sent, 'at' | 'by'>): void =>
	note(edit, id, `sent/${sent.run}`, { ...sent, ...edit.stamp });

/** Of what is frozen once it was sent. */
function set(edit: Edit, id: string, name: string, value: unknown): void {
	if (readCampaign(edit, id)?.sent) edit.refuse({ type: 'CampaignSent', campaign: id });
	else note(edit, id, name, value);
}

/** Of what stays free. */
function note(edit: Edit, id: string, name: string, value: unknown): void {
	if (!exists(edit, id)) return;
	edit.write('campaigns', `${id}/${name}`, value);
	edit.write('campaigns', `${id}/updated`, edit.stamp);
}

function exists(edit: Edit, id: string): boolean {
	if (edit.raw('campaigns', `${id}/new`) !== undefined) return true;
	edit.refuse({ type: 'CampaignGone', campaign: id });
	return false;
}
