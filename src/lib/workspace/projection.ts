import { rootId, type DraftGroup, type DraftRule, type NodeId } from '$lib/rules/rule';
import { fingerprint } from './hash';
import type { Registers } from './registers';
import { readTree, type StructureIssue, type Tree, type TreeNode } from './tree';

/** A segment's draft as a tree: the same on every device that has the same registers. */
export interface Projection {
	readonly rule: DraftGroup;
	/** What hangs nowhere, by order: to be attached or discarded. Never evaluated. */
	readonly detached: readonly DraftRule[];
	readonly issues: readonly StructureIssue[];
}

export const project = (registers: Registers, segment: string): Projection =>
	projectTree(readTree(registers, segment));

export function projectTree(tree: Tree): Projection {
	return {
		rule: {
			type: 'group',
			id: rootId,
			match: tree.match,
			children: (tree.children.get(rootId) ?? []).map((node) => draftOf(tree, node))
		},
		detached: tree.detached.map((node) => draftOf(tree, node)),
		issues: tree.issues
	};
}

/** Tells one projection from another: what "Looks right" was said of. Issues are not part of it, their cause is. */
export const projectionHash = ({ rule, detached }: Projection): string =>
	fingerprint([rule, detached]);

function draftOf(tree: Tree, { id, body }: TreeNode): DraftRule {
	const node = { ...body, id: id as NodeId }; // read from a key, where no part is empty
	// The loose schema gives what a newer app wrote beside; it rides along, so that saving keeps it.
	if (node.type === 'condition') return node as DraftRule;
	const children = (tree.children.get(id) ?? []).map((child) => draftOf(tree, child));
	return { ...node, children } as DraftRule;
}
