import type { DraftGroup } from '$lib/rules/rule';
import { usable } from './edit-definitions';
import type { Edit } from './gesture';
import { replaceRule } from './edit-rule';
import { projectTree, projectionHash } from './projection';
import { staysLookedAt } from './looked';
import { readSegment, type Builder, type SegmentState } from './segment';
import { readTree } from './tree';
import { noteCount, putVersion, type Counted } from './versions';

/** A new segment, empty or with a rule to start from, whose nodes keep their ids. */
export function createSegment(
	edit: Edit,
	id: string,
	name: string,
	rule: DraftGroup | undefined,
	newId: () => string
): void {
	if (!usable(edit, id)) return;
	edit.write('segments', `${id}/new`, edit.stamp);
	edit.write('segments', `${id}/name`, name);
	// One that is made anew under its old id is what it is made of, whatever was merged into it before.
	edit.write('segments', `${id}/seen`, undefined);
	if (rule) replaceRule(edit, id, rule, newId);
	else edit.write('segments', `${id}/match`, 'all');
}

export const renameSegment = (edit: Edit, id: string, name: string): void =>
	set(edit, id, 'name', name);

export const describeSegment = (edit: Edit, id: string, description: string): void =>
	set(edit, id, 'description', description || undefined);

export const setBuilder = (edit: Edit, id: string, builder: Builder): void =>
	set(edit, id, 'builder', builder);

/** Keeps it out of the lists of segments, as a part of this campaign; without one it is a segment like all others. */
export const setCampaign = (edit: Edit, id: string, campaign: string | undefined): void =>
	set(edit, id, 'campaign', campaign);

/** Makes these, by their ids, the segment's tags. Tags that two people add both stay. */
export function setTags(edit: Edit, id: string, tags: readonly string[]): void {
	const prefix = `${id}/tag/`;
	const wanted = new Set(tags.map((tag) => prefix + tag));
	for (const key of [...edit.keys('segments', id)])
		if (key.startsWith(prefix) && !wanted.has(key)) edit.write('segments', key, undefined);
	for (const tag of tags) set(edit, id, `tag/${tag}`, true);
}

/** Archives, deletes or restores. A deleted segment is kept, so that it can be restored. */
export function setState(edit: Edit, id: string, state: SegmentState): void {
	if (readSegment(edit, id)?.state === state) return;
	set(edit, id, 'state', { state, ...edit.stamp });
}

/** A copy of the draft, with description and tags, as a new segment that was never saved. */
export function duplicateSegment(edit: Edit, source: string, id: string, name: string): void {
	if (!exists(edit, source)) return;
	edit.write('segments', `${id}/new`, edit.stamp);
	edit.write('segments', `${id}/name`, name);
	const copied = /^[^/]*\/(?:description|match|builder|seen|ok|tag\/.*)$/;
	for (const root of ['segments', 'nodes'] as const)
		for (const key of [...edit.keys(root, source)])
			if (root === 'nodes' || copied.test(key))
				edit.write(root, id + key.slice(source.length), edit.raw(root, key));
}

/** A copy of a segment, saved as it is saved, that is built for a campaign. */
export function copySegmentFor(
	edit: Edit,
	source: string,
	id: string,
	campaign: { readonly id: string; readonly name: string },
	newId: () => string
): void {
	duplicateSegment(edit, source, id, `Audience of ${campaign.name}`);
	setCampaign(edit, id, campaign.id);
	const rule = readSegment(edit, source)?.saved;
	if (!rule) return;
	const version = newId();
	putVersion(edit, id, { id: version, ...edit.stamp, rule, why: 'saved' });
	set(edit, id, 'saved', version);
}

/**
 * Makes the draft what counts, as a new version. A draft with issues of structure is refused, and one that only a merge
 * has put together; that its conditions can be evaluated is for the caller to have checked.
 */
export function saveSegment(edit: Edit, id: string, version: string, counted?: Counted): void {
	if (!exists(edit, id)) return;
	const { rule, issues } = projectTree(readTree(edit, id));
	if (issues.length > 0) return edit.refuse({ type: 'HasIssues', segment: id });
	if (!staysLookedAt(edit.stored, edit, id))
		return edit.refuse({ type: 'NotLookedAt', segment: id });
	putVersion(edit, id, { id: version, ...edit.stamp, rule, why: 'saved' });
	if (counted) noteCount(edit, id, version, counted);
	set(edit, id, 'saved', version);
}

/** Makes the draft what is saved again. */
export function discardDraft(edit: Edit, id: string, newId: () => string): void {
	if (!exists(edit, id)) return;
	const saved = readSegment(edit, id)?.saved;
	if (!saved) return edit.refuse({ type: 'NeverSaved', segment: id });
	replaceRule(edit, id, saved, newId);
}

/** Says of the draft, exactly as it is now, that it looks right. Any later change withdraws that. */
export function approveDraft(edit: Edit, id: string): void {
	const hash = projectionHash(projectTree(readTree(edit, id)));
	set(edit, id, 'ok', { hash, ...edit.stamp });
}

function set(edit: Edit, id: string, name: string, value: unknown): void {
	if (exists(edit, id)) edit.write('segments', `${id}/${name}`, value);
}

function exists(edit: Edit, id: string): boolean {
	if (edit.raw('segments', `${id}/new`) !== undefined) return true;
	edit.refuse({ type: 'Gone', segment: id });
	return false;
}
