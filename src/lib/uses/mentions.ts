import type { AudienceSource } from '$lib/campaigns/audience/source';
import type { Block, RichText } from '$lib/campaigns/content/block';
import { parseMerge } from '$lib/campaigns/content/merge';
import { kindOf, readCondition } from '$lib/rules/conditions/registry';
import { nodesOf, type DraftCondition, type DraftRule } from '$lib/rules/rule';
import { textKey } from '$lib/text-key';
import type { Campaign } from '$lib/workspace/campaigns';
import type { Segment } from '$lib/workspace/segment';
import type { SmartList } from '$lib/workspace/smart-lists';
import type { UsingTemplate } from '$lib/workspace/template-fields';

/** Everything that can be used by something else, by id. */
export interface Used {
	readonly type: 'segment' | 'list' | 'tag' | 'field' | 'eventType' | 'smartList' | 'campaign';
	readonly id: string;
}

/** What something names. */
export interface Mentions {
	/**
	 * Keys of `keyOf`; emails are asked about by what a campaign was called, `ref`, and fields may be written by their
	 * names, `called`.
	 */
	readonly known: ReadonlySet<string>;
	/** All strings of what is not finished, or of a newer version: it may mean a thing wherever its id stands. */
	readonly perhaps: ReadonlySet<string>;
}

export const keyOf = (type: Used['type'] | 'ref' | 'called', id: string): string => `${type} ${id}`;

const kept = new WeakMap<object, Mentions>();

/** What is read of a document is replaced, never changed: looked through once, it is known. */
function once<T extends object>(thing: T, find: (thing: T) => Mentions): Mentions {
	let found = kept.get(thing);
	if (!found) kept.set(thing, (found = find(thing)));
	return found;
}

/** What a segment's saved rule, its draft and what hangs nowhere in it name. */
export const mentionsOfSegment = (segment: Segment): Mentions =>
	once(segment, ({ draft, saved, detached }) =>
		all([draft, ...(saved ? [saved] : []), ...detached].map(mentionsOfRule))
	);

export const mentionsOfSmartList = (list: SmartList): Mentions =>
	once(list, ({ view }) => {
		if (!view) return nothing;
		const { rule, columns, sort } = view;
		const shown = [...columns, ...(sort ? [sort.by] : [])].filter((id) => !ownColumns.has(id));
		const fields = shown.map((id) => keyOf('field', id));
		return all([{ known: new Set(fields), perhaps: none }, rule ? mentionsOfRule(rule) : nothing]);
	});

/** Columns that show no field. */
const ownColumns: ReadonlySet<string> = new Set(['name', 'tags', 'lists']);

export const mentionsOfCampaign = (campaign: Campaign): Mentions =>
	once(campaign, ({ include, exclude, sender, subject, preview, blocks }) => ({
		known: new Set([
			...[...include, ...exclude].map(({ type, id }: AudienceSource) => keyOf(type, id)),
			...blocks.flatMap(({ block }) => segmentsOfBlock(block)).map((id) => keyOf('segment', id)),
			...[
				...[subject, preview, sender.unsubscribe ?? ''].flatMap(fieldsOfText),
				...blocks.flatMap(({ block }) => textsOf(block)).flatMap(fieldsOfRichText)
			].flatMap((called) => [keyOf('field', called), keyOf('called', textKey(called))])
		]),
		perhaps: none
	}));

export const mentionsOfTemplate = (template: UsingTemplate): Mentions => ({
	known: new Set(template.fields.map((id) => keyOf('field', id))),
	perhaps: none
});

function mentionsOfRule(rule: DraftRule): Mentions {
	const known = new Set<string>();
	const perhaps = new Set<string>();
	for (const node of nodesOf(rule)) {
		if (node.type === 'group') continue;
		const read = readCondition(node.condition);
		if (!read) for (const text of stringsIn(node.condition)) perhaps.add(text);
		else {
			for (const { type, id } of kindOf(read).references(read)) known.add(keyOf(type, id));
			for (const ref of campaignsIn(node.condition)) known.add(keyOf('ref', ref));
		}
	}
	return { known, perhaps };
}

/** The campaigns whose emails a condition asks about, as they are called in events. */
function campaignsIn(part: unknown): readonly string[] {
	if (typeof part !== 'object' || part === null) return [];
	if (Array.isArray(part)) return part.flatMap(campaignsIn);
	const { campaigns, property, test } = part as DraftCondition['condition'];
	return [
		...(Array.isArray(campaigns) ? campaigns.filter((name) => typeof name === 'string') : []),
		...(property === 'campaign' ? stringsIn(test) : []),
		...Object.values(part).flatMap(campaignsIn)
	];
}

/** The fields that are named in a text, by their ids or by their names: `{first_name | "there"}`. */
const fieldsOfText = (text: string): readonly string[] =>
	parseMerge(text).parts.flatMap((part) => (part.type === 'field' ? [part.field] : []));

function fieldsOfRichText(node: RichText): readonly string[] {
	const { type, attrs, text = '', marks = [], content = [] } = node;
	const field = type === 'merge' ? attrs?.field : undefined;
	const addresses = [attrs, ...marks.map((mark) => mark.attrs)].map((some) => some?.href);
	return [
		...(typeof field === 'string' ? [field] : []),
		...[text, ...addresses].flatMap((said) => (typeof said === 'string' ? fieldsOfText(said) : [])),
		...content.flatMap(fieldsOfRichText)
	];
}

const textsOf = (block: Block): readonly RichText[] =>
	block.type === 'text'
		? [block.text]
		: [
				...block.variants.map(({ text }) => text),
				...(block.otherwise === null ? [] : [block.otherwise])
			];

const segmentsOfBlock = (block: Block): readonly string[] =>
	block.type === 'dynamic' ? block.variants.flatMap(({ segment }) => segment ?? []) : [];

/** All keys and values that are strings. */
export function stringsIn(part: unknown): readonly string[] {
	if (typeof part === 'string') return [part];
	if (typeof part !== 'object' || part === null) return [];
	if (Array.isArray(part)) return part.flatMap(stringsIn);
	return Object.entries(part).flatMap(([key, value]) => [key, ...stringsIn(value)]);
}

const none: ReadonlySet<string> = new Set();
const nothing: Mentions = { known: none, perhaps: none };

const all = (some: readonly Mentions[]): Mentions => ({
	known: new Set(some.flatMap(({ known }) => [...known])),
	perhaps: new Set(some.flatMap(({ perhaps }) => [...perhaps]))
});
