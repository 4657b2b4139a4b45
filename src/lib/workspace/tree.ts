import * as z from 'zod/mini';
import { rootId } from '$lib/rules/rule';
import { byOrder, compare, type Placed } from './order';
import { readRegister, type BrokenRegister, type Registers } from './registers';

/** What a node is: a group, or one whole condition. What a newer app adds to it is kept. */
export const NodeBody = z.discriminatedUnion('type', [
	z.looseObject({
		type: z.literal('group'),
		match: z.string(),
		muted: z.optional(z.boolean()),
		note: z.optional(z.string())
	}),
	z.looseObject({
		type: z.literal('condition'),
		condition: z.looseObject({ kind: z.string() }),
		muted: z.optional(z.boolean()),
		note: z.optional(z.string())
	})
]);
export type NodeBody = z.infer<typeof NodeBody>;

const Place = z.tuple([z.string(), z.string()], z.unknown());

/** What keeps a draft from being what anybody meant. `node` is where to point. */
export type StructureIssue =
	| BrokenRegister
	/** Two moves put groups into each other; this one hangs under the root until somebody moves it. */
	| { readonly type: 'Loop'; readonly node: string }
	/** Its group was deleted, or it was deleted while somebody edited it. It waits beside the rule. */
	| { readonly type: 'Detached'; readonly node: string }
	/** What it was put into is not a group (any more); it hangs under the root. */
	| { readonly type: 'ParentNotGroup'; readonly node: string }
	| { readonly type: 'TooManyNodes'; readonly count: number }
	/** The saved rule is not there, or does not read as a rule. */
	| { readonly type: 'SavedMissing'; readonly version: string };

export const maximumNodes = 200;

/** Deeper than this no tree is built, so that nothing that walks one can run out of stack. */
const buildableDepth = 64;

export interface TreeNode extends Placed {
	readonly body: NodeBody;
	/** Where it hangs: the root, a group, or nowhere: then it heads a part that is detached. */
	readonly parent: string | undefined;
	/** It hangs elsewhere than its register says. */
	readonly lifted: boolean;
}

/** The nodes of a segment, each hanging where it does on every device that has the same registers. */
export interface Tree {
	/** The match of the root. */
	readonly match: string;
	readonly nodes: ReadonlyMap<string, TreeNode>;
	/** By parent, in order. */
	readonly children: ReadonlyMap<string, readonly TreeNode[]>;
	readonly detached: readonly TreeNode[];
	readonly issues: readonly StructureIssue[];
}

/** Reads a segment's nodes, whatever the registers say: nothing is lost, nothing is there twice, nobody repairs. */
export function readTree(registers: Registers, segment: string): Tree {
	const issues: StructureIssue[] = [];
	const nodes = readNodes(registers, segment, issues);

	for (const node of nodes.values()) settleParent(node, nodes, issues);
	for (const id of loopHeads(nodes)) {
		lift(nodes.get(id)!);
		issues.push({ type: 'Loop', node: id });
	}
	cutDepths(nodes);
	if (nodes.size > maximumNodes) issues.push({ type: 'TooManyNodes', count: nodes.size });

	const children = childrenOf(nodes);
	const detached = [...nodes.values()].filter(({ parent }) => parent === undefined).sort(byOrder);
	for (const { id } of detached) issues.push({ type: 'Detached', node: id });
	return { match: readMatch(registers, segment, issues), nodes, children, detached, issues };
}

/** The node and all that hangs under it, each before what it holds. */
export function subtree({ nodes, children }: Tree, id: string): TreeNode[] {
	const found: TreeNode[] = [];
	const open = [nodes.get(id)];
	for (let node = open.pop(); node; node = open.pop()) {
		found.push(node);
		open.push(...(children.get(node.id) ?? []).toReversed());
	}
	return found;
}

type Draft = { -readonly [K in keyof TreeNode]: TreeNode[K] };

function readNodes(registers: Registers, segment: string, issues: StructureIssue[]) {
	const broken: BrokenRegister[] = [];
	const nodes = new Map<string, Draft>();

	for (const key of [...registers.keys('nodes', segment)].sort(compare)) {
		const [, id, register, ...more] = key.split('/');
		if (!id || register !== 'b' || more.length > 0) continue;
		if (id === rootId) {
			broken.push({ type: 'BrokenRegister', root: 'nodes', key, problem: 'unexpected' });
			continue;
		}
		const place = readRegister(registers, 'nodes', `${segment}/${id}/p`, Place, broken);
		// A body that does not read keeps its place, as a condition nobody knows: left out, it would widen the rule.
		const body = readRegister(registers, 'nodes', key, NodeBody, broken) ?? unknownBody;
		nodes.set(id, { id, body, parent: place?.[0], order: place?.[1] ?? '', lifted: false });
	}
	issues.push(...broken);
	return nodes;
}

const unknownBody: NodeBody = { type: 'condition', condition: { kind: '' } };

function readMatch(registers: Registers, segment: string, issues: StructureIssue[]): string {
	const broken: BrokenRegister[] = [];
	const match = readRegister(registers, 'segments', `${segment}/match`, z.string(), broken);
	issues.push(...broken);
	// A match that does not read is none, so that the rule is not evaluated as if it were another.
	return match ?? (broken.length > 0 ? '' : 'all');
}

function settleParent(
	node: Draft,
	nodes: ReadonlyMap<string, Draft>,
	issues: StructureIssue[]
): void {
	if (node.parent === undefined || node.parent === rootId) return;
	const parent = nodes.get(node.parent);
	if (!parent) {
		node.parent = undefined;
	} else if (parent.body.type !== 'group') {
		lift(node);
		issues.push({ type: 'ParentNotGroup', node: node.id });
	}
}

function lift(node: Draft): void {
	node.parent = rootId;
	node.lifted = true;
}

/** The smallest id of every loop of parents. */
function loopHeads(nodes: ReadonlyMap<string, Draft>): string[] {
	const heads: string[] = [];
	const seen = new Set<string>();
	for (const start of nodes.keys()) {
		const path: string[] = [];
		let at: string | undefined = start;
		while (at !== undefined && at !== rootId && !seen.has(at)) {
			seen.add(at);
			path.push(at);
			at = nodes.get(at)?.parent;
		}
		const loop = at === undefined ? -1 : path.indexOf(at);
		if (loop >= 0) heads.push(path.slice(loop).sort(compare)[0]!);
	}
	return heads;
}

/** Detaches what hangs too deep to be built. */
function cutDepths(nodes: ReadonlyMap<string, Draft>): void {
	const children = childrenOf(nodes);
	const open = [...nodes.values()]
		.filter(({ parent }) => parent === undefined || parent === rootId)
		.map((node) => ({ node, depth: 1 }));
	for (let next = open.pop(); next; next = open.pop()) {
		for (const child of children.get(next.node.id) ?? []) {
			const tooDeep = next.depth >= buildableDepth;
			if (tooDeep) child.parent = undefined;
			open.push({ node: child, depth: tooDeep ? 1 : next.depth + 1 });
		}
	}
}

function childrenOf<N extends TreeNode>(nodes: ReadonlyMap<string, N>): Map<string, N[]> {
	const children = new Map<string, N[]>();
	for (const node of nodes.values()) {
		if (node.parent === undefined) continue;
		const siblings = children.get(node.parent);
		if (siblings) siblings.push(node);
		else children.set(node.parent, [node]);
	}
	for (const siblings of children.values()) siblings.sort(byOrder);
	return children;
}
