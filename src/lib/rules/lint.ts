import { unreachable } from '$lib/result';
import { canonical } from '$lib/json';
import { kindOf, readCondition, type Condition } from './conditions/registry';
import type { Definitions } from './definitions';
import { english } from './english';
import { explainCondition } from './explain';
import { textOf } from './phrase';
import type { DraftCondition, DraftGroup, DraftRule, NodeId } from './rule';

/** What is odd about a rule that could be evaluated all the same: it is said, and nothing is kept from counting. */
export type Lint = { readonly node: NodeId } & (
	| { readonly type: 'Duplicate'; readonly of: NodeId }
	/** Nobody can meet this and that other one. */
	| { readonly type: 'Contradiction'; readonly with: NodeId }
	/** Everybody meets this or that other one. */
	| { readonly type: 'AlwaysTrue'; readonly with: NodeId }
	/** Everyone, among other conditions. */
	| { readonly type: 'EveryoneAmongOthers' }
	/** Whom this branch leaves out still comes in by the next. */
	| { readonly type: 'GuardsOneBranch'; readonly other: NodeId }
	| { readonly type: 'ArchivedSegment'; readonly segment: string }
);

/** Everything odd about a draft, in the order of its nodes. Muted nodes are not looked at. */
export function lintRule(draft: DraftRule, definitions: Definitions): Lint[] {
	if (draft.muted) return [];
	if (draft.type === 'condition') return archived(draft, definitions);
	const children = draft.children.filter((child) => !child.muted);
	return [
		...among(draft, children),
		...guards(draft, children),
		...children.flatMap((child) => lintRule(child, definitions))
	];
}

/** What rows of one group are to each other. */
function among({ match }: DraftGroup, children: readonly DraftRule[]): Lint[] {
	const lints: Lint[] = [];
	const seen = new Map<string, NodeId>();
	const opposites = new Map<string, NodeId>();
	for (const child of children) {
		const said = meaning(child);
		const same = seen.get(said);
		const contrary = opposites.get(said);
		if (same !== undefined) lints.push({ type: 'Duplicate', node: child.id, of: same });
		else if (contrary !== undefined)
			lints.push(
				match === 'all'
					? { type: 'Contradiction', node: child.id, with: contrary }
					: { type: 'AlwaysTrue', node: child.id, with: contrary }
			);
		if (isEveryone(child) && children.length > 1)
			lints.push({ type: 'EveryoneAmongOthers', node: child.id });
		seen.set(said, child.id);
		for (const opposite of oppositesOf(child)) opposites.set(opposite, child.id);
	}
	return lints;
}

/** (A and not C) or B: whoever is C and B is in after all. */
function guards({ match }: DraftGroup, children: readonly DraftRule[]): Lint[] {
	if (match !== 'any' || children.length < 2) return [];
	return children.flatMap((branch) => {
		if (branch.type !== 'group' || branch.match !== 'all') return [];
		const other = children.find((child) => child !== branch && !excludes(child));
		const exclusion = branch.children.find((child) => !child.muted && isExclusion(child));
		return other && exclusion
			? [{ type: 'GuardsOneBranch', node: exclusion.id, other: other.id }]
			: [];
	});
}

const isExclusion = (node: DraftRule): boolean => node.type === 'group' && node.match === 'none';
const excludes = (node: DraftRule): boolean =>
	node.type === 'group' && node.children.some((child) => !child.muted && isExclusion(child));

const isEveryone = (node: DraftRule): boolean =>
	node.type === 'condition' && node.condition.kind === 'everyone';

function archived({ id, condition }: DraftCondition, { segments }: Definitions): Lint[] {
	const read = readCondition(condition);
	return (read ? kindOf(read).references(read) : []).flatMap((reference): Lint[] =>
		reference.type === 'segment' && segments.get(reference.id)?.archived
			? [{ type: 'ArchivedSegment', node: id, segment: reference.id }]
			: []
	);
}

/** Two nodes of one meaning hold for the same people, whatever their ids and notes. */
function meaning(node: DraftRule): string {
	if (node.type === 'condition') return canonical(readCondition(node.condition) ?? node.condition);
	const parts = node.children.filter((child) => !child.muted).map(meaning);
	if (parts.length === 1 && node.match !== 'none') return parts[0]!;
	return canonical([node.match, [...new Set(parts)].sort()]);
}

/** What says the contrary of a node. */
function oppositesOf(node: DraftRule): string[] {
	const negated = canonical(['none', [meaning(node)]]);
	if (node.type === 'group') {
		const live = node.children.filter((child) => !child.muted);
		return node.match === 'none'
			? [negated, ...(live.length === 1 ? [meaning(live[0]!)] : [])]
			: [negated];
	}
	const read = readCondition(node.condition);
	const opposite: Condition | undefined = read && kindOf(read).opposite(read);
	return opposite ? [negated, canonical(opposite)] : [negated];
}

/** For the person at the rule. `draft` is the rule it is about. */
export function describeLint(lint: Lint, draft: DraftRule, definitions: Definitions): string {
	const said = (id: NodeId) => {
		const node = find(draft, id);
		return node?.type === 'condition'
			? `“${textOf(explainCondition(node, definitions, english))}”`
			: 'the group above';
	};
	switch (lint.type) {
		case 'Duplicate':
			return 'This says the same as a row above it. One of them can go.';
		case 'Contradiction':
			return `Nobody can meet this and ${said(lint.with)}.`;
		case 'AlwaysTrue':
			return `Everybody meets this or ${said(lint.with)}, so together they choose nobody in particular.`;
		case 'EveryoneAmongOthers':
			return 'Everyone is meant for a rule of its own: here it either changes nothing or makes the others pointless.';
		case 'GuardsOneBranch':
			return `This leaves people out of this branch only: they still come in by ${said(lint.other)}.`;
		case 'ArchivedSegment':
			return `“${definitions.segments.get(lint.segment)?.name ?? ''}” is archived. It still counts.`;
		default:
			return unreachable(lint);
	}
}

function find(node: DraftRule, id: NodeId): DraftRule | undefined {
	if (node.id === id) return node;
	if (node.type === 'condition') return;
	for (const child of node.children) {
		const found = find(child, id);
		if (found) return found;
	}
	return;
}
