import { unreachable } from '$lib/result';
import type { Moment } from '$lib/time/moment';
import { evidenceOf } from '../conditions/evidences';
import { kindOf, type Condition } from '../conditions/registry';
import { conditionsOf } from '../conditions-of';
import { holds } from '../oracle';
import type { Person } from '../person';
import type { Leaf, Match, NodeId, Rule } from '../rule';
import type { Evidence } from './evidence';
import { standingOf, usualSearch, type Standing } from './standing';
import type { Search } from './turning-points';

/** A node of a rule, and how it stands with one person. Plain data. */
export type WhyNode = WhyGroup | WhyLeaf;

export interface WhyGroup {
	readonly type: 'group';
	readonly id: NodeId;
	readonly match: Match;
	readonly holds: boolean;
	readonly children: readonly WhyNode[];
}

export interface WhyLeaf {
	readonly type: 'condition';
	readonly id: NodeId;
	readonly condition: Condition;
	readonly holds: boolean;
	readonly evidence?: Evidence | undefined;
	/** Not of what one person alone cannot tell. */
	readonly standing?: Standing | undefined;
	/** What it is in other words, where these are several conditions. */
	readonly means?: WhyNode | undefined;
}

/** Why somebody is a member of a rule, or is not. Plain data. */
export interface Why {
	readonly member: boolean;
	readonly tree: WhyNode;
	/** Of the whole rule; not where it hangs on what one person alone cannot tell, nor for who is archived. */
	readonly standing?: Standing | undefined;
	/** The past was told by values of today: no change of them is noted, but then not all changes are. */
	readonly assumes: boolean;
}

/** What is asked: about whom, when, and what is known of conditions that one person alone cannot tell. */
export interface WhyAsk {
	readonly person: Person;
	readonly moment: Moment;
	readonly decided: ReadonlyMap<Condition, boolean>;
}

/** One rule of a person, or several in a row: the calendar is worked out once. */
export function explainer(ask: WhyAsk): (rule: Rule) => Why {
	const search = usualSearch(ask.moment);
	return (rule) => {
		const tree = nodeOf(rule, ask, search);
		return {
			member: tree.holds && !ask.person.archived,
			tree,
			standing: ask.person.archived ? undefined : standing(rule, ask, search),
			assumes: conditionsOf(rule).some(assumes)
		};
	};
}

function nodeOf(rule: Rule, ask: WhyAsk, search: Search): WhyNode {
	if (rule.type === 'condition') return leafOf(rule, ask, search);
	const { type, id, match } = rule;
	const children = rule.children.map((child) => nodeOf(child, ask, search));
	return { type, id, match, holds: combined(match, children), children };
}

function leafOf(leaf: Leaf, ask: WhyAsk, search: Search): WhyLeaf {
	const { type, id, condition, lowered } = leaf;
	const common = { type, id, condition, standing: standing(leaf, ask, search) };
	const [only, ...more] = conditionsOf(leaf);
	const evidence = more.length === 0 && only ? evidenceOf(only, ask.person, ask.moment) : undefined;
	if (lowered) {
		const means = nodeOf(lowered, ask, search);
		return { ...common, holds: means.holds, evidence, ...(more.length > 0 ? { means } : {}) };
	}
	const decided = ask.decided.get(condition);
	return { ...common, holds: decided ?? holds(leaf, ask.person, ask.moment), evidence };
}

function combined(match: Match, children: readonly WhyNode[]): boolean {
	switch (match) {
		case 'all':
			return children.every(({ holds }) => holds);
		case 'any':
			return children.some(({ holds }) => holds);
		case 'none':
			return !children.some(({ holds }) => holds);
		default:
			return unreachable(match);
	}
}

const standing = (
	rule: Rule,
	{ person, moment, decided }: WhyAsk,
	search: Search
): Standing | undefined =>
	conditionsOf(rule).some((condition) => decided.has(condition))
		? undefined
		: standingOf(rule, person, moment, search);

/** Whether a condition is about what can change without an event. */
function assumes(condition: Condition): boolean {
	const kind = kindOf(condition);
	if ('lower' in kind || steady.has(condition.kind)) return false;
	return kind.reads.some((table) => table !== 'event' && table !== 'segment_move');
}

/** They read contacts, but nothing of them that changes. */
const steady: ReadonlySet<Condition['kind']> = new Set(['everyone', 'sample', 'engagement']);
