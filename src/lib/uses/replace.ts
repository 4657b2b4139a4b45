import type { Block, RichText } from '$lib/campaigns/content/block';
import { mergeText, parseMerge } from '$lib/campaigns/content/merge';
import { fieldCalled } from '$lib/campaigns/content/merge-names';
import type { Fields } from '$lib/fields/field';
import type { Reference } from '$lib/rules/definitions';
import { withReplaced } from '$lib/rules/references';
import { sameJson } from '$lib/json';
import { NodeId, type DraftCondition, type DraftGroup } from '$lib/rules/rule';
import type { SmartListView } from '$lib/smart-lists/view';
import { readCampaign, type Campaign } from '$lib/workspace/campaigns';
import {
	addSource,
	removeSource,
	setBlock,
	setPreview,
	setSender,
	setSubject
} from '$lib/workspace/edit-campaigns';
import { setCondition } from '$lib/workspace/edit-rule';
import { setView } from '$lib/workspace/edit-smart-lists';
import type { Edit } from '$lib/workspace/gesture';
import { NodeBody } from '$lib/workspace/tree';
import { replaceInTemplate } from '$lib/workspace/template-fields';
import { putVersion } from '$lib/workspace/versions';
import { readSegment, type Segment } from '$lib/workspace/segment';
import type { Used } from './mentions';
import type { Users } from './uses';

/** What can be put in the place of another. */
export type Replaceable = Used & {
	readonly type: 'segment' | 'list' | 'tag' | 'field' | 'smartList';
};

export const isReplaceable = <T extends Used>(used: T): used is T & Replaceable =>
	used.type !== 'eventType' && used.type !== 'campaign';

/**
 * Puts another thing of the same kind wherever one is used: in rules, saved ones and drafts, in campaigns that did not
 * go out, in smart lists and templates of exports. `newId` gives ids of versions.
 */
export function replaceUses(
	edit: Edit,
	{ segments, campaignSegments, campaigns, smartLists, exportTemplates, definitions }: Users,
	used: Replaceable,
	by: string,
	newId: () => string
): void {
	if (used.type !== 'smartList') {
		const reference = { type: used.type, id: used.id };
		for (const { id } of [...segments, ...campaignSegments])
			replaceInSegment(edit, id, reference, by, newId);
		for (const { id, view } of smartLists) {
			const next = view && viewWith(view, reference, by);
			if (next && !sameJson(view, next)) setView(edit, id, next);
		}
	}
	for (const { id, fields } of exportTemplates)
		if (used.type === 'field' && fields.includes(used.id)) replaceInTemplate(edit, id, used.id, by);
	for (const { id, sent } of campaigns)
		if (!sent) replaceInCampaign(edit, id, used, by, definitions.fields);
}

/** The draft, node by node, so that what others edit meanwhile stays, and what is saved, as a new version. */
function replaceInSegment(
	edit: Edit,
	id: string,
	reference: Reference,
	by: string,
	newId: () => string
): void {
	for (const key of [...edit.keys('nodes', id)]) {
		const [, node, register] = key.split('/');
		const body = register === 'b' ? NodeBody.safeParse(edit.raw('nodes', key)) : undefined;
		if (!node || !body?.success || body.data.type !== 'condition') continue;
		const { condition } = body.data;
		const next = conditionWith(condition, reference, by);
		if (!sameJson(condition, next)) setCondition(edit, id, node, next);
	}
	const saved = readSegment(edit, id)?.saved;
	const rule = saved && (withReplaced(saved, reference, by) as DraftGroup); // a group stays one
	if (!rule || sameJson(saved, rule)) return;
	const version = newId();
	putVersion(edit, id, { id: version, ...edit.stamp, rule, why: 'saved' });
	edit.write('segments', `${id}/saved`, version);
}

function replaceInCampaign(
	edit: Edit,
	id: string,
	used: Replaceable,
	by: string,
	fields: Fields
): void {
	const campaign = readCampaign(edit, id);
	if (!campaign) return;
	for (const side of ['include', 'exclude'] as const)
		for (const source of campaign[side])
			if (source.type === used.type && source.id === used.id) {
				removeSource(edit, id, side, source);
				addSource(edit, id, side, { type: source.type, id: by });
			}
	if (used.type === 'segment' || used.type === 'field')
		replaceInContent(edit, campaign, used, by, fields);
}

function replaceInContent(
	edit: Edit,
	{ id, sender, subject, preview, blocks }: Campaign,
	{ type, id: from }: Replaceable,
	by: string,
	fields: Fields
): void {
	const is = (called: string) => (fieldCalled(called, fields)?.id ?? called) === from;
	const said = (text: string) => (type === 'field' ? textWith(text, is, by) : text);
	if (said(subject) !== subject) setSubject(edit, id, said(subject));
	if (said(preview) !== preview) setPreview(edit, id, said(preview));
	const { unsubscribe = '' } = sender;
	if (said(unsubscribe) !== unsubscribe)
		setSender(edit, id, { ...sender, unsubscribe: said(unsubscribe) });
	const rich = (text: RichText) => (type === 'field' ? richTextWith(text, is, by) : text);
	for (const { id: blockId, block } of blocks) {
		const next: Block =
			block.type === 'text'
				? { ...block, text: rich(block.text) }
				: {
						...block,
						variants: block.variants.map((variant) => ({
							...variant,
							text: rich(variant.text),
							...(type === 'segment' && variant.segment === from ? { segment: by } : {})
						})),
						otherwise: block.otherwise && rich(block.otherwise)
					};
		if (!sameJson(block, next)) setBlock(edit, id, blockId, next);
	}
}

/** A view whose rule, columns and order have another thing in place of one. */
export function viewWith(view: SmartListView, reference: Reference, by: string): SmartListView {
	const { type, id } = reference;
	const { rule, columns, widths, sort } = view;
	const next = { ...view, rule: rule && withReplaced(rule, reference, by) };
	if (type !== 'field') return next;
	const own =
		widths && Object.entries(widths).map(([key, width]) => [key === id ? by : key, width]);
	return {
		...next,
		columns: [...new Set(columns.map((column) => (column === id ? by : column)))],
		...(own ? { widths: Object.fromEntries(own) as Record<string, number> } : {}),
		...(sort ? { sort: sort.by === id ? { ...sort, by } : sort } : {})
	};
}

/** What a segment's draft and saved rule would be, for seeing whether they are sound. */
export const rulesWith = (
	{ draft, saved }: Segment,
	reference: Reference,
	by: string
): readonly DraftGroup[] =>
	[draft, ...(saved ? [saved] : [])].map(
		(rule) => withReplaced(rule, reference, by) as DraftGroup // a group stays one
	);

function conditionWith(
	condition: DraftCondition['condition'],
	reference: Reference,
	by: string
): DraftCondition['condition'] {
	const node = { type: 'condition', id: NodeId.parse('here'), condition } as const;
	return (withReplaced(node, reference, by) as DraftCondition).condition; // a condition stays one
}

/** Whether this is what a field is called. */
type IsField = (called: string) => boolean;

/** A text with another field in its merge fields. */
function textWith(text: string, is: IsField, by: string): string {
	let done = '';
	let from = 0;
	for (const part of parseMerge(text).parts) {
		if (part.type !== 'field' || !is(part.field)) continue;
		done += text.slice(from, part.at) + mergeText(by, part.fallback);
		from = part.at + part.length;
	}
	return done + text.slice(from);
}

type Attrs = RichText['attrs'];

function richTextWith(node: RichText, is: IsField, by: string): RichText {
	const { type, attrs, text, marks, content } = node;
	const linked = (attrs: Attrs): Attrs =>
		typeof attrs?.href === 'string' ? { ...attrs, href: textWith(attrs.href, is, by) } : attrs;
	const own = linked(
		type === 'merge' && is(String(attrs?.field)) ? { ...attrs, field: by } : attrs
	);
	return {
		...node,
		...(own ? { attrs: own } : {}),
		...(text === undefined ? {} : { text: textWith(text, is, by) }),
		...(marks ? { marks: marks.map((mark) => ({ ...mark, attrs: linked(mark.attrs) })) } : {}),
		...(content ? { content: content.map((inner) => richTextWith(inner, is, by)) } : {})
	};
}
