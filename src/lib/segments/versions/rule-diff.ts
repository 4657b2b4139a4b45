import { nodesOf, type DraftGroup, type DraftRule, type NodeId } from '$lib/rules/rule';
import { bodyOf } from '$lib/segments/builder/changes';

/** One node of two rules laid over each other. `before` and `after` are the node as it stands in each. */
export type DiffLine = {
	readonly id: NodeId;
	/** The root is 0. */
	readonly depth: number;
} & (
	| { readonly type: 'added'; readonly after: DraftRule }
	| { readonly type: 'removed'; readonly before: DraftRule }
	/** Says something else, or stands elsewhere: in another group, or before what it stood behind. */
	| {
			readonly type: 'changed';
			readonly before: DraftRule;
			readonly after: DraftRule;
			readonly said: boolean;
			readonly moved: boolean;
	  }
	| { readonly type: 'same'; readonly before: DraftRule; readonly after: DraftRule }
);

/**
 * What became of a rule, node by node, in the order of the newer one. What is gone stands where it was: behind what it
 * stood behind, in the group it was in.
 */
export function ruleDiff(before: DraftGroup, after: DraftGroup): DiffLine[] {
	const [was, now] = [placesOf(before), placesOf(after)];
	const passed = new Set(
		[...now.values()].flatMap(({ node }) => {
			const old = was.get(node.id)?.node;
			return node.type === 'group' && old?.type === 'group' ? passedIn(old, node) : [];
		})
	);

	const lineOf = (node: DraftRule, depth: number): DiffLine => {
		const { id } = node;
		const [old, current] = [was.get(id), now.get(id)];
		if (!current) return { type: 'removed', id, depth, before: node };
		if (!old) return { type: 'added', id, depth, after: node };
		const pair = { id, depth, before: old.node, after: current.node };
		const said = bodyOf(old.node) !== bodyOf(current.node);
		const moved = old.parent !== current.parent || passed.has(id);
		return said || moved ? { type: 'changed', ...pair, said, moved } : { type: 'same', ...pair };
	};

	const linesOf = (node: DraftRule, depth: number): DiffLine[] => [
		lineOf(node, depth),
		...childrenOf(node, was, now).flatMap((child) => linesOf(child, depth + 1))
	];
	return linesOf(after, 0);
}

interface Place {
	readonly node: DraftRule;
	readonly parent: NodeId | undefined;
}

function placesOf(rule: DraftGroup): ReadonlyMap<NodeId, Place> {
	const parents = new Map<NodeId, NodeId>();
	for (const node of nodesOf(rule))
		if (node.type === 'group') for (const { id } of node.children) parents.set(id, node.id);
	return new Map(
		[...nodesOf(rule)].map((node) => [node.id, { node, parent: parents.get(node.id) }])
	);
}

/** What a group holds now, and between it what it held and nobody holds any more. */
function childrenOf(
	node: DraftRule,
	was: ReadonlyMap<NodeId, Place>,
	now: ReadonlyMap<NodeId, Place>
): readonly DraftRule[] {
	const current = now.get(node.id)?.node;
	const former = was.get(node.id)?.node;
	const held = current?.type === 'group' ? [...current.children] : [];
	if (former?.type !== 'group') return held;
	let previous = -1;
	for (const child of former.children) {
		const at = held.findIndex(({ id }) => id === child.id);
		if (at >= 0) previous = at;
		else if (!now.has(child.id)) held.splice((previous += 1), 0, child);
	}
	return held;
}

/** Of the children that stayed in a group, the fewest that must have moved for the others to keep their order. */
function passedIn(before: DraftGroup, after: DraftGroup): NodeId[] {
	const order = new Map(before.children.map(({ id }, at) => [id, at]));
	const stayed = after.children.filter(({ id }) => order.has(id)).map(({ id }) => id);
	// The longest run that ascends in the old order, by its last member.
	const runs: NodeId[][] = [];
	for (const id of stayed) {
		const before = runs.filter((run) => order.get(run.at(-1)!)! < order.get(id)!);
		const longest = before.reduce<NodeId[]>((a, b) => (b.length > a.length ? b : a), []);
		runs.push([...longest, id]);
	}
	const kept = new Set(runs.reduce<NodeId[]>((a, b) => (b.length > a.length ? b : a), []));
	return stayed.filter((id) => !kept.has(id));
}
