import { kindOf, readCondition } from '$lib/rules/conditions/registry';
import type { RawCondition } from '$lib/rules/editing/editor';
import { rootId, type DraftGroup, type DraftRule, type Match } from '$lib/rules/rule';
import * as rules from '$lib/workspace/edit-rule';
import type { Position } from '$lib/workspace/edit-rule';
import type { Edit } from '$lib/workspace/gesture';
import { readSegment } from '$lib/workspace/segment';
import { exclusionsOf, nodeOf, placeOf } from './tree';

/** Gestures of the builder that are several edits of the rule. Each reads the draft as the edits before it left it. */

type NewId = () => string;

const draftOf = (edit: Edit, segment: string): DraftGroup =>
	readSegment(edit, segment)?.draft ?? { type: 'group', id: rootId, match: 'all', children: [] };

/** Adds a copy of a node with all that is in it, under new ids; gives the copy's. */
export function addCopy(
	edit: Edit,
	segment: string,
	node: DraftRule,
	to: Position,
	newId: NewId
): string {
	const id = newId();
	if (node.type === 'condition') rules.addCondition(edit, segment, id, node.condition, to);
	else {
		rules.addGroup(edit, segment, id, node.match, to);
		for (const child of node.children) addCopy(edit, segment, child, { parent: id }, newId);
	}
	if (node.muted) rules.setMuted(edit, segment, id, true);
	if (node.note) rules.setNote(edit, segment, id, node.note);
	return id;
}

/** Puts a copy of another node in a node's place, as muted as that was; gives the copy's id. */
export function replaceBy(
	edit: Edit,
	segment: string,
	id: string,
	by: DraftRule,
	newId: NewId
): string | undefined {
	const draft = draftOf(edit, segment);
	const place = placeOf(draft, id);
	const before = nodeOf(draft, id);
	if (!place || !before) return;
	const { muted, note } = { ...by, ...before };
	const to = { parent: place.parent.id, index: place.index };
	const made = addCopy(edit, segment, { ...by, muted, note }, to, newId);
	rules.remove(edit, segment, id);
	return made;
}

/** Removes a node, and the groups that have nothing else in them. */
export function removeTidily(edit: Edit, segment: string, id: string): void {
	const parent = placeOf(draftOf(edit, segment), id)?.parent;
	rules.remove(edit, segment, id);
	if (parent) removeIfEmpty(edit, segment, parent.id);
}

/** Moves a node, and removes the groups it leaves with nothing in them. */
export function moveTidily(edit: Edit, segment: string, id: string, to: Position): void {
	const parent = placeOf(draftOf(edit, segment), id)?.parent;
	rules.move(edit, segment, id, to);
	if (parent && parent.id !== to.parent) removeIfEmpty(edit, segment, parent.id);
}

function removeIfEmpty(edit: Edit, segment: string, id: string): void {
	const group = nodeOf(draftOf(edit, segment), id);
	if (id !== rootId && group?.type === 'group' && group.children.length === 0)
		removeTidily(edit, segment, id);
}

/**
 * Where an exclusion goes: the group at the end of a root of which all must hold. It is made where there is none, and a
 * root that says otherwise becomes a group of its own.
 */
export function exclusionGroup(edit: Edit, segment: string, newId: NewId): string {
	const draft = draftOf(edit, segment);
	const known = exclusionsOf(draft);
	if (known) return known.id;
	const [first, ...others] = draft.children;
	if (draft.match !== 'all') {
		if (first)
			rules.wrapInGroup(edit, segment, newId(), draft.match, [
				first.id,
				...others.map(({ id }) => id)
			]);
		rules.setMatch(edit, segment, rootId, 'all');
	}
	const id = newId();
	rules.addGroup(edit, segment, id, 'none', { parent: rootId });
	return id;
}

/** What a node says the other way round, in place; `wrapped` only where no word of its own does it. */
export type Negation =
	| { readonly type: 'condition'; readonly condition: RawCondition }
	| { readonly type: 'match'; readonly match: Match }
	| { readonly type: 'unwrapped'; readonly group: string }
	| { readonly type: 'wrapped' };

export function negationOf(root: DraftGroup, id: string): Negation | undefined {
	const place = placeOf(root, id);
	const node = place?.parent.children[place.index];
	if (!place || !node) return;
	const { parent } = place;
	if (parent.id !== rootId && parent.match === 'none' && parent.children.length === 1)
		return { type: 'unwrapped', group: parent.id };
	if (node.type === 'condition') {
		const condition = readCondition(node.condition);
		const opposite = condition && kindOf(condition).opposite(condition);
		return opposite ? { type: 'condition', condition: opposite } : { type: 'wrapped' };
	}
	if (node.match === 'none')
		return node.children.length === 1
			? { type: 'unwrapped', group: id }
			: { type: 'match', match: 'any' };
	return node.match === 'any' ? { type: 'match', match: 'none' } : { type: 'wrapped' };
}

/** Turns a node round. Twice is what it was. */
export function negate(edit: Edit, segment: string, id: string, newId: NewId): void {
	const negation = negationOf(draftOf(edit, segment), id);
	switch (negation?.type) {
		case 'condition':
			return rules.setCondition(edit, segment, id, negation.condition);
		case 'match':
			return rules.setMatch(edit, segment, id, negation.match);
		case 'unwrapped':
			return rules.ungroup(edit, segment, negation.group);
		case 'wrapped':
			return rules.wrapInGroup(edit, segment, newId(), 'none', [id]);
		case undefined:
	}
}
