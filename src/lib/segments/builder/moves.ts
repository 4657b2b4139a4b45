import { rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import type { Position } from '$lib/workspace/edit-rule';
import { exclusionsOf, placeOf } from './tree';

export type Direction = 'up' | 'down' | 'in' | 'out';

/** Where a step in a direction takes a node; `undefined` where it goes no further. */
export function stepFrom(root: DraftGroup, id: string, direction: Direction): Position | undefined {
	const place = placeOf(root, id);
	if (!place) return;
	const { parent, index } = place;
	const excluded = exclusionsOf(root);
	switch (direction) {
		case 'up':
			return index > 0 ? { parent: parent.id, index: index - 1 } : outOf(root, parent, 0);
		case 'down': {
			const next = parent.children[index + 1];
			// What is excluded stays last: to exclude a row is to move it in.
			if (next === undefined ? parent === excluded : next === excluded) return;
			return next ? { parent: parent.id, index: index + 1 } : outOf(root, parent, 1);
		}
		case 'out':
			return outOf(root, parent, parent === excluded ? 0 : 1);
		case 'in': {
			const [before, after] = [parent.children[index - 1], parent.children[index + 1]];
			if (after?.type === 'group') return { parent: after.id, index: 0 };
			return before?.type === 'group' ? { parent: before.id } : undefined;
		}
	}
}

/** Beside the group that a node is in. */
function outOf(root: DraftGroup, group: DraftGroup, after: 0 | 1): Position | undefined {
	const place = placeOf(root, group.id);
	return place && { parent: place.parent.id, index: place.index + after };
}

export interface MoveTarget {
	readonly label: string;
	readonly to: Position;
}

/** Everywhere a node can go without dragging: ends of its group, and into every other group. */
export function moveTargets(
	root: DraftGroup,
	id: string,
	say: (group: DraftGroup) => string
): readonly MoveTarget[] {
	const place = placeOf(root, id);
	if (!place) return [];
	const { parent, index } = place;
	const last = parent.children.length - 1 - (parent === root && exclusionsOf(root) ? 1 : 0);
	const own = parent.children[index]!;
	const groups = groupsIn(root).filter((group) => group !== parent && !within(own, group.id));
	return [
		...(index > 0 ? [{ label: 'To the start', to: { parent: parent.id, index: 0 } }] : []),
		...(index < last ? [{ label: 'To the end', to: { parent: parent.id, index: last } }] : []),
		...groups.map((group) => {
			if (group.id !== rootId) return { label: `Into ${say(group)}`, to: { parent: group.id } };
			const end = root.children.length - (exclusionsOf(root) ? 1 : 0);
			return { label: 'Out of all groups', to: { parent: rootId, index: end } };
		})
	];
}

function groupsIn(group: DraftGroup): readonly DraftGroup[] {
	return [
		group,
		...group.children.flatMap((child) => (child.type === 'group' ? groupsIn(child) : []))
	];
}

const within = (node: DraftRule, id: string): boolean =>
	node.id === id || (node.type === 'group' && node.children.some((child) => within(child, id)));
