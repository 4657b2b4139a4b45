import type { App } from '$lib/app.svelte';
import type { ExportDefinition } from '$lib/exports/columns';
import type { ExportedSegment } from '$lib/exports/export-job.svelte';
import { err, ok, unreachable, type Result } from '$lib/result';
import { DraftRule, type Rule } from '$lib/rules/rule';
import type { PastExport } from '$lib/workspace/exports';

/** What can be exported once more. */
export interface Repeatable {
	readonly segment: ExportedSegment;
	readonly rule: Rule;
	/** How it was written; without it, as this device did so last. */
	readonly begun: ExportDefinition | undefined;
}

/** Why something cannot be exported once more. */
export type Unrepeatable =
	/** The segment is there. What it was once must not be exported in place of what it is to be now. */
	| { readonly type: 'NoSavedRule'; readonly segment: ExportedSegment }
	/** There is no such segment any more, and its rule was not noted, or does not hold today. */
	| { readonly type: 'Gone'; readonly name: string | undefined };

/**
 * The export with this id, or the last one of the segment with this id: with the segment's rule as it is now, or with the
 * rule as it was where there is no such segment any more.
 */
export function repeatable(
	app: App,
	past: readonly PastExport[],
	id: string
): Result<Repeatable, Unrepeatable> {
	const found = past.find((one) => one.id === id) ?? past.find((one) => one.segment === id);
	const segmentId = found?.segment ?? id;
	const begun = found?.definition;
	const there = app.workspace.segment(segmentId);
	if (there && there.state !== 'deleted') {
		const segment = { id: segmentId, name: there.name, version: there.savedVersion?.id };
		const rule = app.savedRule(segmentId);
		return rule?.ok
			? ok({ segment, rule: rule.value, begun })
			: err({ type: 'NoSavedRule', segment });
	}
	const name = found?.manifest.segment.name;
	const draft = DraftRule.safeParse(found?.manifest.rule.json);
	const rule = draft.success ? app.parse(draft.data) : undefined;
	return name !== undefined && rule?.ok
		? ok({ segment: { id: segmentId, name }, rule: rule.value, begun })
		: err({ type: 'Gone', name });
}

/** In words. */
export function describeUnrepeatable(why: Unrepeatable): string {
	switch (why.type) {
		case 'NoSavedRule':
			return `The rule of “${why.segment.name}” is not complete. Once it is repaired and saved, the segment can be exported again.`;
		case 'Gone':
			return why.name === undefined
				? 'What was exported is not there any more.'
				: `“${why.name}” is not there any more, and the rule it had does not work today.`;
		default:
			return unreachable(why);
	}
}
