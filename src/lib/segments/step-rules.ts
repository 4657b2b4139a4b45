import { group, rootId, type DraftGroup, type NodeId, type Rule } from '$lib/rules/rule';

/** The rule as far as one of its steps: who is left there. `undefined` if it has no such step. */
export function ruleUpTo(rule: Rule, step: NodeId): Rule | undefined {
	const parts = childrenOf(rule);
	const [first, ...rest] = parts.slice(0, indexOf(rule, step) + 1);
	return first && { ...rootOf(rule), children: [first, ...rest] };
}

/** The rule as far as before a step: who reaches it. `undefined`, everyone, for the first. */
export function ruleBefore(rule: Rule, step: NodeId): Rule | undefined {
	const before = childrenOf(rule)[indexOf(rule, step) - 1];
	return before && ruleUpTo(rule, before.id);
}

/**
 * Who a step changes: those it takes out of what the steps before left, or, where any of them is enough, those it
 * brings in.
 */
export function ruleChangedBy(rule: Rule, step: NodeId): Rule | undefined {
	const at = indexOf(rule, step);
	const { match } = rootOf(rule);
	const own = childrenOf(rule)[at];
	if (!own) return;
	const [first, ...rest] = childrenOf(rule).slice(0, at);
	if (match === 'all') return group('all', first ? [first, ...rest, not([own])] : [not([own])]);
	// Of any: those who are new. Of none: those who were not out before.
	return group('all', first ? [own, not([first, ...rest])] : [own]);
}

/** Whether the steps widen (any) or narrow what the steps before left. */
export const widens = (rule: Rule): boolean => rootOf(rule).match === 'any';

/** One rule for each step, of those who are on its good side: what tells why somebody is in or not. */
export function stepRules(rule: Rule): readonly { readonly step: NodeId; readonly rule: Rule }[] {
	const negated = rootOf(rule).match === 'none';
	return childrenOf(rule).map((child) => ({
		step: child.id,
		rule: negated ? not([child]) : child
	}));
}

/** What a small stream is drawn of: the rule as far as each of its first steps, and last the whole, `most` in all. */
export function prefixes(rule: Rule, most: number): readonly Rule[] {
	const before = childrenOf(rule)
		.slice(0, -1)
		.slice(0, most - 1);
	return [...before.flatMap(({ id }) => ruleUpTo(rule, id) ?? []), rule];
}

/** The draft as far as a step, as the start of another segment. */
export function draftUpTo(draft: DraftGroup, step: NodeId): DraftGroup {
	const at = draft.children.findIndex(({ id }) => id === step);
	return { ...draft, id: rootId, children: draft.children.slice(0, at + 1) };
}

const not = (parts: readonly [Rule, ...Rule[]]): Rule => group('none', parts);
const rootOf = (rule: Rule) => (rule.type === 'group' ? rule : group('all', [rule]));
const childrenOf = (rule: Rule): readonly Rule[] => rootOf(rule).children;
const indexOf = (rule: Rule, step: NodeId) => childrenOf(rule).findIndex(({ id }) => id === step);
