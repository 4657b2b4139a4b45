import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import type { Known } from './known';
import type { Need } from './needs';

export const templateGroups = [
	'Engagement',
	'Buyers',
	'Dates and places',
	'Data quality',
	'Testing'
] as const;
export type TemplateGroup = (typeof templateGroups)[number];

/** A segment ready to be copied: an ordinary rule, which says what it can from what is known of the workspace. */
export interface Template {
	readonly id: string;
	readonly name: string;
	/** Whom it finds, in one line. */
	readonly description: string;
	readonly group: TemplateGroup;
	/** What there must be in a workspace for it to say anything. */
	readonly needs: readonly Need[];
	/** What only the person knows. Where the data have an answer to begin with, the rule has it. */
	readonly question?: string;
	/** What is not known is left out, and is then to be filled in. */
	readonly rule: (known: Known) => DraftGroup;
}

type Condition = { readonly kind: string } & Readonly<Record<string, unknown>>;

const root = (match: 'all' | 'any', conditions: readonly Condition[]): DraftGroup => ({
	type: 'group',
	id: rootId,
	match,
	children: conditions.map((condition, i): DraftRule => ({
		type: 'condition',
		id: NodeId.parse(`t${i + 1}`),
		condition
	}))
});

export const all = (...conditions: readonly Condition[]) => root('all', conditions);
export const any = (...conditions: readonly Condition[]) => root('any', conditions);

export const inLast = (n: number) => ({ operator: 'inLast', n, unit: 'day' });
