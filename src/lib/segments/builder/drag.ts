import type { DraftGroup } from '$lib/rules/rule';
import type { Position } from '$lib/workspace/edit-rule';
import { nodeOf, placeOf } from './tree';

/** Where a dragged row is let go over another: before it, after it, or into it. */
export type DropZone = 'above' | 'into' | 'below';

/** Which third of a row the pointer is in. `share` is from 0 at its top to 1 at its bottom. */
export const zoneAt = (share: number): DropZone =>
	share < 0.3 ? 'above' : share > 0.7 ? 'below' : 'into';

/** Whether one row can be let go on another: never on itself, nor in what it holds. */
export function canDrop(root: DraftGroup, dragged: string, over: string): boolean {
	const node = nodeOf(root, dragged);
	if (!node || dragged === over) return false;
	return node.type === 'condition' || nodeOf(node, over) === undefined;
}

/** The position beside a row, counted without the dragged one. */
export function positionBeside(
	root: DraftGroup,
	dragged: string,
	over: string,
	zone: 'above' | 'below'
): Position | undefined {
	const place = placeOf(root, over);
	if (!place) return;
	const others = place.parent.children.filter(({ id }) => id !== dragged);
	const at = others.findIndex(({ id }) => id === over);
	return { parent: place.parent.id, index: zone === 'above' ? at : at + 1 };
}
