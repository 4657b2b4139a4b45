import type { RawCondition } from '$lib/rules/editing/editor';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';

/** Where a node is: in which group, and as which of its children. */
export interface Place {
	readonly parent: DraftGroup;
	readonly index: number;
}

export function placeOf(group: DraftGroup, id: string): Place | undefined {
	const index = group.children.findIndex((child) => child.id === id);
	if (index >= 0) return { parent: group, index };
	for (const child of group.children) {
		const place = child.type === 'group' ? placeOf(child, id) : undefined;
		if (place) return place;
	}
	return;
}

export function nodeOf(root: DraftGroup, id: string): DraftRule | undefined {
	if (root.id === id) return root;
	const place = placeOf(root, id);
	return place?.parent.children[place.index];
}

/** The groups a node is in, the root first. */
export function groupsAround(root: DraftGroup, id: string): readonly DraftGroup[] {
	const place = placeOf(root, id);
	return place ? [...groupsAround(root, place.parent.id), place.parent] : [];
}

/** What "But not" shows: the `none` group at the end of a root of which all must hold. */
export function exclusionsOf(root: DraftGroup): DraftGroup | undefined {
	const last = root.children.at(-1);
	return root.match === 'all' && last?.type === 'group' && last.match === 'none' ? last : undefined;
}

/** Where something new goes: at the end of a group, in the root before what is excluded. */
export const endOf = (root: DraftGroup, parent: string): number | undefined =>
	parent === rootId && exclusionsOf(root) ? root.children.length - 1 : undefined;

/** The same draft with another condition in one node. */
export function withCondition(root: DraftGroup, id: string, condition: RawCondition): DraftGroup {
	const change = (node: DraftRule): DraftRule => {
		if (node.type === 'group') return { ...node, children: node.children.map(change) };
		return node.id === id ? { ...node, condition } : node;
	};
	return { ...root, children: root.children.map(change) };
}

/**
 * Who gets as far as a node: what stands before it in every group around it of which all, or none, must hold.
 * `undefined` where that is everyone.
 */
export function draftBefore(root: DraftGroup, id: string): DraftGroup | undefined {
	const around = groupsAround(root, id);
	const children = around.flatMap((group, i): readonly DraftRule[] => {
		const inside = around[i + 1]?.id ?? id;
		const before = group.children.slice(
			0,
			group.children.findIndex((child) => child.id === inside)
		);
		if (before.length === 0 || group.match === 'any') return [];
		return group.match === 'all' ? before : [{ ...group, children: before }];
	});
	return children.length > 0 ? { type: 'group', id: rootId, match: 'all', children } : undefined;
}

/** Every row in the order it is read, but for those inside of collapsed groups. */
export function rowsOf(group: DraftGroup, collapsed: ReadonlySet<string>): readonly NodeId[] {
	return group.children.flatMap((child) => [
		child.id,
		...(child.type === 'group' && !collapsed.has(child.id) ? rowsOf(child, collapsed) : [])
	]);
}

/** Of these nodes, those that are there and in none of the others. */
export function outermost(root: DraftGroup, ids: readonly string[]): readonly string[] {
	const holds = (outer: string, inner: string) => {
		const node = outer === inner ? undefined : nodeOf(root, outer);
		return node?.type === 'group' && nodeOf(node, inner) !== undefined;
	};
	return ids.filter((id) => placeOf(root, id) && !ids.some((other) => holds(other, id)));
}

/**
 * The row that is next when one goes: after it or before it; where it was the last of its group, beside that. What is
 * left out is no row itself, its rows are.
 */
export function nextTo(root: DraftGroup, id: string): NodeId | undefined {
	const place = placeOf(root, id);
	if (!place) return;
	const { parent, index } = place;
	const excluded = exclusionsOf(root);
	const next = parent.children[index + 1];
	const beside = next === excluded ? undefined : next;
	return (beside ?? parent.children[index - 1])?.id ?? nextTo(root, parent.id);
}
