import type { App } from '$lib/app.svelte';
import type { ExportDefinition } from '$lib/exports/columns';
import type { ExportedSegment } from '$lib/exports/export-job.svelte';
import { DraftRule, type Rule } from '$lib/rules/rule';
import type { PastExport } from '$lib/workspace/exports';

/** What can be exported once more. */
export interface Repeatable {
	readonly segment: ExportedSegment;
	readonly rule: Rule;
	/** How it was written; without it, as this device did so last. */
	readonly begun: ExportDefinition | undefined;
}

/**
 * The export with this id, or the last one of the segment with this id: with the segment's rule as it is now, or with the
 * rule as it was where there is no such segment any more. Nothing where neither can be evaluated.
 */
export function repeatable(
	app: App,
	past: readonly PastExport[],
	id: string | undefined
): Repeatable | undefined {
	if (id === undefined) return;
	const found = past.find((one) => one.id === id) ?? past.find((one) => one.segment === id);
	const segmentId = found?.segment ?? id;
	const begun = found?.definition;
	const segment = app.workspace.segment(segmentId);
	if (segment && segment.state !== 'deleted') {
		const rule = app.savedRule(segmentId);
		const version = segment.savedVersion?.id;
		if (rule?.ok)
			return { segment: { id: segmentId, name: segment.name, version }, rule: rule.value, begun };
	}
	const draft = DraftRule.safeParse(found?.manifest.rule.json);
	const rule = draft.success ? app.parse(draft.data) : undefined;
	if (!found || !rule?.ok) return;
	return { segment: { id: segmentId, name: found.manifest.segment.name }, rule: rule.value, begun };
}
