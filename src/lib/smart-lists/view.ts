import * as z from 'zod/mini';
import { searchedFields } from '$lib/contacts/pick';
import { NodeId, rootId, DraftRule, type DraftCondition, type DraftGroup } from '$lib/rules/rule';
import { textKey } from '$lib/text-key';

/** How high the rows are: as everywhere in the app, or as low as can be read. */
export const Density = z.enum(['comfortable', 'compact']);
export type Density = z.infer<typeof Density>;

/** A way of looking at contacts: who is shown, and how. */
export const SmartListView = z.looseObject({
	/** Who is shown; null is everyone. */
	rule: z.nullable(DraftRule),
	/** Words that must all stand in name, email, company or phone. */
	search: z.optional(z.string()),
	/** The archived contacts in place of the others. */
	archived: z.optional(z.boolean()),
	/** Ids of columns, in their order; the name is always the first. */
	columns: z.readonly(z.array(z.string())),
	/** Of columns that were made wider or narrower, in pixels. */
	widths: z.optional(z.readonly(z.record(z.string(), z.number()))),
	sort: z.optional(z.object({ by: z.string(), descending: z.boolean() })),
	density: z.catch(Density, 'comfortable')
});
export interface SmartListView {
	readonly rule: DraftRule | null;
	readonly search?: string | undefined;
	readonly archived?: boolean | undefined;
	readonly columns: readonly string[];
	readonly widths?: Readonly<Record<string, number>> | undefined;
	readonly sort?: { readonly by: string; readonly descending: boolean } | undefined;
	readonly density: Density;
}

/**
 * The rule whose members are just those that a view shows. Nothing for one of archived contacts: they are members of no
 * rule.
 */
export function ruleOfView({
	rule,
	search = '',
	archived
}: Pick<SmartListView, 'rule' | 'search' | 'archived'>): DraftGroup | undefined {
	if (archived) return;
	// With all of it switched off it shows nobody: words beside it would be all there is.
	if (rule && isOff(rule)) return root([renamed(rule)]);
	const words = wordsOf(search).map(standsIn);
	const own = rule === null ? [] : isPlainAll(rule) ? rule.children : [renamed(rule)];
	return root(rule === null && words.length === 0 ? [everyone] : [...own, ...words]);
}

const root = (children: readonly DraftRule[]): DraftGroup => ({
	...{ type: 'group', id: rootId, match: 'all' },
	children
});

const isOff = (rule: DraftRule): boolean =>
	rule.muted === true ||
	(rule.type === 'group' && rule.children.length > 0 && rule.children.every(isOff));

/** The segment that a view shows, where it shows just all of one. */
export function segmentOfView({ rule, search = '', archived }: SmartListView): string | undefined {
	const only = rule?.type === 'group' && isPlainAll(rule) ? rule.children[0] : rule;
	const others = rule?.type === 'group' && rule.children.length !== 1;
	if (archived || others || wordsOf(search).length > 0 || only?.type !== 'condition') return;
	const { kind, segment, in: isIn } = only.condition;
	return kind === 'segment' && isIn === true && !only.muted && typeof segment === 'string'
		? segment
		: undefined;
}

/** The words that are looked for, each once. */
const wordsOf = (search: string): readonly string[] => [
	...new Set(textKey(search).split(/\s+/).filter(Boolean))
];

/** What has no other part than to hold conditions that must all be met. An empty one is kept: it is an issue, not everyone. */
const isPlainAll = (rule: DraftRule): rule is DraftGroup =>
	rule.type === 'group' && rule.match === 'all' && !rule.muted && rule.children.length > 0;

/** Under the root there is no other of its name. */
const renamed = (rule: DraftRule): DraftRule =>
	rule.id === rootId ? { ...rule, id: NodeId.parse('view') } : rule;

const condition = (id: string, condition: DraftCondition['condition']): DraftCondition => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition
});

const everyone = condition('everyone', { kind: 'everyone' });

const standsIn = (word: string, i: number): DraftGroup => ({
	...{ type: 'group', id: NodeId.parse(`word-${i}`), match: 'any' },
	children: searchedFields.map((field) =>
		condition(`word-${i}-${field}`, {
			...{ kind: 'field', field, of: 'text' },
			test: { operator: 'contains', value: word }
		})
	)
});
