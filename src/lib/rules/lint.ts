import { unreachable } from '$lib/result';
import type { Moment } from '$lib/time/moment';
import { clockChange, describeClockChange, type ClockChange } from './clock-change';
import { kindOf, readCondition } from './conditions/registry';
import type { Definitions } from './definitions';
import { english } from './english';
import { explainCondition } from './explain';
import { lintAmong } from './lint-among';
import { textOf } from './phrase';
import type { DraftCondition, DraftGroup, DraftRule, NodeId } from './rule';
import { timesOf } from './times';

/** What is odd about a rule that could be evaluated all the same: it is said, and nothing is kept from counting. */
export type Lint = { readonly node: NodeId } & (
	| { readonly type: 'Duplicate'; readonly of: NodeId }
	/** Nobody can meet this and those others. */
	| { readonly type: 'Contradiction'; readonly with: readonly NodeId[] }
	/** Everybody meets this or one of those others; in a `none` group that leaves nobody. */
	| {
			readonly type: 'AlwaysTrue';
			readonly with: readonly NodeId[];
			readonly leavesNobody: boolean;
	  }
	/** Everyone, among other conditions. */
	| { readonly type: 'EveryoneAmongOthers' }
	/** Whom this branch leaves out still comes in by the next. */
	| { readonly type: 'GuardsOneBranch'; readonly other: NodeId }
	| { readonly type: 'ArchivedSegment'; readonly segment: string }
	| { readonly type: 'ClocksChange'; readonly change: ClockChange }
	/** By its counts: whoever comes so far goes on. */
	| { readonly type: 'RemovesNobody' }
	/** By its counts: a branch for which nobody comes in who is not in by the rows before; so many are. */
	| { readonly type: 'BringsInNobody'; readonly alone: number }
	/** By its counts: the first step after which there is nobody. */
	| { readonly type: 'NobodyLeft' }
);

/** Everything odd about a draft at this moment, in the order of its nodes. Muted nodes are not looked at. */
export function lintRule(draft: DraftRule, definitions: Definitions, moment: Moment): Lint[] {
	if (draft.muted) return [];
	if (draft.type === 'condition')
		return [...archived(draft, definitions), ...clocks(draft, moment)];
	const children = draft.children.filter((child) => !child.muted);
	return [
		...lintAmong(draft, children, moment),
		...guards(draft, children),
		...children.flatMap((child) => lintRule(child, definitions, moment))
	];
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

function archived({ id, condition }: DraftCondition, { segments }: Definitions): Lint[] {
	const read = readCondition(condition);
	return (read ? kindOf(read).references(read) : []).flatMap((reference): Lint[] =>
		reference.type === 'segment' && segments.get(reference.id)?.archived
			? [{ type: 'ArchivedSegment', node: id, segment: reference.id }]
			: []
	);
}

/** One is enough: what a condition says of time is mostly of one and the same. */
function clocks({ id, condition }: DraftCondition, moment: Moment): Lint[] {
	const [change] = timesOf(condition).flatMap((time) => clockChange(time, moment) ?? []);
	return change ? [{ type: 'ClocksChange', node: id, change }] : [];
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
			return `Nobody can meet this and ${lint.with.map(said).join(' and ')}.`;
		case 'AlwaysTrue':
			return `Everybody meets this or ${lint.with.map(said).join(' or ')}, so ${
				lint.leavesNobody ? 'nobody is left' : 'together they choose nobody in particular'
			}.`;
		case 'EveryoneAmongOthers':
			return 'Everyone is meant for a rule of its own: here it either changes nothing or makes the others pointless.';
		case 'GuardsOneBranch':
			return `This leaves people out of this branch only: they still come in by ${said(lint.other)}.`;
		case 'ArchivedSegment':
			return `“${definitions.segments.get(lint.segment)?.name ?? ''}” is archived. It still counts.`;
		case 'ClocksChange':
			return describeClockChange(lint.change);
		case 'RemovesNobody':
			return 'This removes nobody. Is it needed?';
		case 'BringsInNobody':
			return lint.alone === 0
				? 'Nobody meets this, so it brings nobody in.'
				: 'Whoever meets this is in already by the rows above. Is it needed?';
		case 'NobodyLeft':
			return 'Nobody is left after this.';
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
