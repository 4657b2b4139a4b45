import type { Funnel, NodeCount } from '$lib/membership/evaluate';
import type { Lint } from '$lib/rules/lint';
import type { DraftGroup, DraftRule } from '$lib/rules/rule';
import { countOf } from './step-counts';

/**
 * What the counts of a draft say is odd: steps that remove nobody, branches that bring in nobody, and the step from which
 * on nobody is left. `funnel` is of the draft itself, or with each exclusion as a step of its own.
 */
export function lintCounts(draft: DraftGroup, funnel: Funnel): readonly Lint[] {
	// Where there are no contacts, nothing can be told.
	return funnel.everyone === 0 ? [] : lintGroup(draft, funnel);
}

function lintGroup(group: DraftGroup, funnel: Funnel): readonly Lint[] {
	const steps = stepsIn(group, funnel);
	let before = group.match === 'any' ? 0 : funnel.everyone;
	return steps.flatMap(({ node, count }) => {
		const inside = node.type === 'group' ? lintInside(node, funnel) : [];
		const own = isEveryone(node) ? undefined : oddity(group, count, before, inside);
		before = count.after;
		return own ? [...inside, { ...own, node: node.id }] : inside;
	});
}

/** Of a group around a single row, what there is to say is said of the group. */
const lintInside = (group: DraftGroup, funnel: Funnel): readonly Lint[] => {
	const [only, ...others] = stepsIn(group, funnel);
	if (!only || others.length > 0) return lintGroup(group, funnel);
	return only.node.type === 'group' ? lintInside(only.node, funnel) : [];
};

type Oddity =
	| { readonly type: 'RemovesNobody' | 'NobodyLeft' }
	| { readonly type: 'BringsInNobody'; readonly alone: number };

function oddity(
	{ match }: DraftGroup,
	{ alone, after }: NodeCount,
	before: number,
	inside: readonly Lint[]
): Oddity | undefined {
	if (match === 'any') return after === before ? { type: 'BringsInNobody', alone } : undefined;
	if (before === 0) return;
	if (after === before) return { type: 'RemovesNobody' };
	// Where a group has nobody because of a step in it, that step is the one to look at.
	const known = inside.some(({ type }) => type === 'NobodyLeft');
	return after === 0 && !known ? { type: 'NobodyLeft' } : undefined;
}

interface Counted {
	readonly node: DraftRule;
	readonly count: NodeCount;
}

/** The steps of a group that are counted, in order. An exclusion that is several steps stands as those. */
const stepsIn = ({ children }: DraftGroup, funnel: Funnel): readonly Counted[] =>
	children.flatMap((node): readonly Counted[] => {
		const count = countOf(funnel, node.id);
		if (count) return [{ node, count }];
		return node.type === 'group' && node.match === 'none' && !node.muted
			? stepsIn(node, funnel)
			: [];
	});

const isEveryone = (node: DraftRule): boolean =>
	node.type === 'condition' && node.condition.kind === 'everyone';
