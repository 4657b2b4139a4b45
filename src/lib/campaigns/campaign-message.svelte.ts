import type { App } from '$lib/app.svelte';
import { ok, err, type Result } from '$lib/result';
import type { Rule } from '$lib/rules/rule';
import type { Campaign } from '$lib/workspace/campaigns';
import type { AudienceSource } from './audience/source';
import type { DynamicBlock } from './content/edit-block';
import type { ContentIssue, MessageContent, MessageContext } from './content/message';
import { localeOf } from './content/words';
import type { HandOverAsk } from './hand-over/ask';

/** What a campaign says, with what it is read with. */
export const contentOf = ({ subject, preview, blocks, sender }: Campaign): MessageContent => ({
	...{ subject, preview, blocks },
	unsubscribe: sender.unsubscribe
});

export function contextOf(app: App, campaign: Campaign): MessageContext {
	const { fields, segments } = app.definitions;
	const { zone } = app.workspace.settings;
	return { fields, segments, zone, locale: languageOf(app, campaign) };
}

/** What a campaign is said in; while nobody has chosen, what rules are said in here. */
export const languageOf = (app: App, { language }: Campaign): string =>
	localeOf(language ?? app.language.id);

/** The same as plain JSON, for the worker and to be frozen. */
export function handOverAskOf(app: App, campaign: Campaign): HandOverAsk {
	const { fields, segments } = app.definitions;
	const { zone, locale } = contextOf(app, campaign);
	return {
		...{ content: contentOf(campaign), sender: campaign.sender, zone, locale },
		fields: [...fields.values()],
		segments: [...segments.keys()]
	};
}

export const dynamicBlocks = ({ blocks }: Campaign): readonly DynamicBlock[] =>
	blocks.flatMap(({ block }) => (block.type === 'dynamic' ? [block] : []));

/** The segments that variants are for. */
export const variantSegments = (campaign: Campaign): readonly AudienceSource[] =>
	dynamicBlocks(campaign).flatMap(({ variants }) =>
		variants.flatMap(({ segment: id }): AudienceSource[] =>
			id === undefined ? [] : [{ type: 'segment', id }]
		)
	);

/**
 * The rules of the variants of each dynamic block, in order; or the ids of segments that cannot be counted. A variant
 * that has no segment yet is one too.
 */
export function variantRules(
	app: App,
	campaign: Campaign
): Result<readonly (readonly Rule[])[], readonly (string | undefined)[]> {
	const missing: (string | undefined)[] = [];
	const rules = dynamicBlocks(campaign).map(({ variants }) =>
		variants.flatMap(({ segment }): Rule[] => {
			const rule = segment === undefined ? undefined : app.savedRule(segment);
			if (rule?.ok) return [rule.value];
			missing.push(segment);
			return [];
		})
	);
	return missing.length > 0 ? err(missing) : ok(rules);
}

/** Variants whose segment is there, and whose rule keeps it from being counted. */
export function variantIssues(app: App, campaign: Campaign): readonly ContentIssue[] {
	const rules = variantRules(app, campaign);
	if (rules.ok) return [];
	return campaign.blocks.flatMap(({ id, block }) =>
		(block.type === 'dynamic' ? block.variants : []).flatMap(
			({ id: variant, segment }): ContentIssue[] => {
				const known = segment !== undefined && app.definitions.segments.has(segment);
				if (!known || !rules.error.includes(segment)) return [];
				const place = { part: 'block', block: id, variant } as const;
				return [
					{ type: 'UncountedSegment', place, segment, saved: app.savedRule(segment) !== undefined }
				];
			}
		)
	);
}
