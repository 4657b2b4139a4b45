import { unreachable } from '$lib/result';
import type { Condition } from '../conditions/registry';
import type { WhyLeaf, WhyNode } from './why';

/**
 * The fewest conditions that must become other than they are for a node to do so: of several ways the first. Nothing
 * where no change of this person does it.
 */
export function nearestFlip(node: WhyNode): readonly WhyLeaf[] | undefined {
	if (node.type === 'condition') {
		if (node.means) return nearestFlip(node.means);
		return fixed.has(node.condition.kind) ? undefined : [node];
	}
	const holding = node.children.filter(({ holds }) => holds);
	const failing = node.children.filter(({ holds }) => !holds);
	switch (node.match) {
		case 'all':
			return node.holds ? cheapest(holding) : together(failing);
		case 'any':
			return node.holds ? together(holding) : cheapest(failing);
		case 'none':
			return node.holds ? cheapest(failing) : together(holding);
		default:
			return unreachable(node.match);
	}
}

/** Nobody becomes another in them. */
const fixed: ReadonlySet<Condition['kind']> = new Set(['everyone', 'sample']);

/** Each of them must. */
function together(nodes: readonly WhyNode[]): readonly WhyLeaf[] | undefined {
	const flips = nodes.map(nearestFlip);
	return flips.includes(undefined) ? undefined : flips.flatMap((flip) => flip ?? []);
}

/** One of them is enough. */
const cheapest = (nodes: readonly WhyNode[]): readonly WhyLeaf[] | undefined =>
	nodes
		.flatMap((node) => {
			const flip = nearestFlip(node);
			return flip ? [flip] : [];
		})
		.reduce<readonly WhyLeaf[] | undefined>(
			(least, flip) => (least && least.length <= flip.length ? least : flip),
			undefined
		);
