import type { DraftGroup } from '$lib/rules/rule';
import type { Segment } from '$lib/workspace/segment';
import type { KeptVersion } from '$lib/workspace/versions';

/** A rule to lay beside another: a version, or the draft as it is now. */
export type Side =
	| { readonly type: 'draft'; readonly rule: DraftGroup }
	| { readonly type: 'version'; readonly rule: DraftGroup; readonly version: KeptVersion };

export const draftSide = 'draft';

/** What an address names: a version by its id, or the draft. */
export function sideOf(
	id: string | undefined,
	segment: Segment,
	versions: readonly KeptVersion[]
): Side | undefined {
	if (id === draftSide) return { type: 'draft', rule: segment.draft };
	const version = versions.find((one) => one.id === id);
	return version && { type: 'version', rule: version.rule, version };
}

/** What a side is compared with unless somebody chooses: the version before it; the draft with what counts. */
export function besideSide(
	side: Side,
	segment: Segment,
	versions: readonly KeptVersion[]
): Side | undefined {
	const id =
		side.type === 'draft'
			? segment.savedVersion?.id
			: versions[versions.indexOf(side.version) + 1]?.id;
	return sideOf(id, segment, versions);
}
