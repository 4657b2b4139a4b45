import type { Funnel } from '$lib/membership/evaluate';
import { group, NodeId, rootId, type DraftGroup, type Rule } from '$lib/rules/rule';
import { countOf, stepId } from '$lib/segments/step-counts';
import { exclusionsOf, placeOf } from './tree';

/**
 * The same rule with every exclusion as a step of its own, so that each has a count after it: all of A and none of (B
 * or C) is all of A, none of B, none of C.
 */
export function asSteps(rule: Rule, draft: DraftGroup): Rule {
	const last = rule.type === 'group' ? rule.children.at(-1) : undefined;
	// Where what is excluded is muted, some other group may be the rule's last.
	if (rule.type !== 'group' || last?.type !== 'group' || last.id !== exclusionsOf(draft)?.id)
		return rule;
	const single = last.children.map((child) => ({
		...group('none', [child]),
		id: stepId(child.id)
	}));
	const [first, ...rest] = [...rule.children.slice(0, -1), ...single];
	return first ? { ...rule, children: [first, ...rest] } : rule;
}

/** What is shown beside a row. */
export interface RowCount {
	/** Members of the row by itself. */
	readonly alone: number;
	/** Of a row that is a step: who is left after it, and how many more or fewer than before it. */
	readonly step?: { readonly after: number; readonly change: number };
}

/** The counts of one row, out of those of `asSteps`; `undefined` for rows that are not counted: muted, or too new. */
export function rowCount(funnel: Funnel, draft: DraftGroup, id: string): RowCount | undefined {
	const alone = funnel.nodes.get(NodeId.parse(id))?.alone;
	const place = placeOf(draft, id);
	if (!place) return;
	const excluded = exclusionsOf(draft);
	if (place.parent === excluded) {
		const after = funnel.nodes.get(stepId(id))?.after;
		if (alone === undefined || after === undefined) return;
		const before = lastAfter(funnel, excluded, place.index) ?? beforeExclusions(funnel, draft);
		return { alone, step: { after, change: after - before } };
	}
	if (alone === undefined) return;
	if (place.parent.id !== rootId) return { alone };
	const after = funnel.nodes.get(NodeId.parse(id))!.after;
	const before = lastAfter(funnel, draft, place.index) ?? startOf(funnel, draft);
	return { alone, step: { after, change: after - before } };
}

/** Who is left before the first exclusion. */
export const beforeExclusions = (funnel: Funnel, draft: DraftGroup): number =>
	lastAfter(funnel, draft, draft.children.length - 1) ?? funnel.everyone;

/** Who is left after the last counted child before an index. */
function lastAfter(funnel: Funnel, { children }: DraftGroup, index: number): number | undefined {
	for (const child of children.slice(0, index).reverse()) {
		const counted = countOf(funnel, child.id);
		if (counted) return counted.after;
	}
	return;
}

const startOf = (funnel: Funnel, { match }: DraftGroup): number =>
	match === 'any' ? 0 : funnel.everyone;
