import { readCondition } from './conditions/registry';
import type { Definitions, Reference } from './definitions';
import type { RuleIssue } from './parse';
import { refit, type Refitted } from './refit';
import { replacementsOf, withoutReference } from './references';
import { Match, nodesOf, type DraftCondition, type DraftRule, type NodeId } from './rule';

/** What a person can do about an issue with one gesture. */
export type Repair =
	| { readonly type: 'Remove'; readonly node: NodeId; readonly what: DraftRule['type'] }
	| { readonly type: 'SwitchOn'; readonly node: NodeId }
	/** Of a group without which the rule says the same. */
	| { readonly type: 'Ungroup'; readonly node: NodeId }
	| { readonly type: 'ChooseMatch'; readonly node: NodeId; readonly match: Match }
	/** Something is still to be chosen or typed. */
	| { readonly type: 'FillIn'; readonly node: NodeId }
	/** Anew with the present type of what it is about; what can be kept is kept. */
	| ({ readonly type: 'Refit'; readonly node: NodeId } & Refitted)
	/** By another of its kind: which, is for the person to say. */
	| { readonly type: 'Replace'; readonly node: NodeId; readonly reference: Reference }
	/** One of several that are named. */
	| {
			readonly type: 'TakeOut';
			readonly node: NodeId;
			readonly reference: Reference;
			readonly condition: DraftCondition['condition'];
	  }
	| { readonly type: 'OpenSegment'; readonly segment: string };

/** Of a rule in which everything is switched off, so many rows are offered to switch on. */
const mostSwitched = 3;

/** The repairs of an issue of this draft, the likeliest first. */
export function repairsOf(
	issue: RuleIssue,
	draft: DraftRule,
	definitions: Definitions
): readonly Repair[] {
	const { node } = issue;
	const found = [...nodesOf(draft)].find(({ id }) => id === node);
	if (!found) return [];
	const remove: readonly Repair[] =
		found === draft ? [] : [{ type: 'Remove', node, what: found.type }];
	const open = (segment: string | undefined): readonly Repair[] =>
		segment !== undefined && definitions.segments.has(segment)
			? [{ type: 'OpenSegment', segment }]
			: [];
	switch (issue.type) {
		case 'EmptyGroup':
		case 'UnknownKind':
		case 'UnknownPart':
			return remove;
		case 'NothingLeft':
			return mutedIn(draft)
				.slice(0, mostSwitched)
				.map((node) => ({ type: 'SwitchOn', node }));
		case 'TooDeep': {
			const idle = idleGroup(draft, node);
			return idle === undefined ? remove : [{ type: 'Ungroup', node: idle }, ...remove];
		}
		case 'UnknownMatch':
			return Match.options.map((match) => ({ type: 'ChooseMatch', node, match }));
		case 'NeverSaved':
		case 'BrokenSegment':
			return [...open(issue.segment), ...remove];
		case 'Cycle':
			// The one after this is where its road back begins.
			return [...remove, ...open(issue.path[1])];
		case 'InvalidCondition':
			return found.type === 'condition' ? repairsOfCondition(found, definitions) : [];
		case 'DeletedReference':
			return found.type === 'condition'
				? [...repairsOfReference(found, issue.reference, definitions), ...remove]
				: [];
	}
}

function repairsOfCondition(
	{ id: node, condition }: DraftCondition,
	definitions: Definitions
): readonly Repair[] {
	const refitted = refit(condition, definitions);
	if (refitted) return [{ type: 'Refit', node, ...refitted }];
	return readCondition(condition)
		? [{ type: 'Remove', node, what: 'condition' }]
		: [{ type: 'FillIn', node }];
}

function repairsOfReference(
	{ id: node, condition }: DraftCondition,
	reference: Reference,
	definitions: Definitions
): readonly Repair[] {
	const rest = withoutReference(condition, reference);
	const others = replacementsOf(condition, reference, definitions);
	return [
		...(others.length > 0 ? [{ type: 'Replace', node, reference } as const] : []),
		...(rest ? [{ type: 'TakeOut', node, reference, condition: rest } as const] : [])
	];
}

/** Muted nodes that are in no other muted one. */
const mutedIn = (node: DraftRule): readonly NodeId[] =>
	node.muted ? [node.id] : node.type === 'group' ? node.children.flatMap(mutedIn) : [];

/** The innermost group on the way to a node, itself included, without which the rule says the same. */
function idleGroup(draft: DraftRule, node: NodeId): NodeId | undefined {
	if (draft.type !== 'group') return;
	for (const child of draft.children) {
		const inside = idleGroup(child, node);
		if (inside !== undefined) return inside;
		if (child.type !== 'group' || child.muted || child.match === 'none') continue;
		const same = child.match === draft.match || child.children.length === 1;
		if (same && [...nodesOf(child)].some(({ id }) => id === node)) return child.id;
	}
	return;
}
