import { Bitmap } from '$lib/bitmap';
import { unreachable } from '$lib/result';
import { conditionsOf } from '$lib/rules/conditions-of';
import type { Condition } from '$lib/rules/conditions/registry';
import type { Group, NodeId, Rule } from '$lib/rules/rule';

/** Who there is, and who of them a condition holds for: what a rule is evaluated against, at one moment. */
export interface Members {
	/** Every contact that is not archived. */
	readonly everyone: Bitmap;
	/** Those of them that a condition holds for. */
	of(condition: Condition): Promise<Bitmap>;
	/** Makes ready what will be asked: many conditions at once take little longer than one. */
	prepare(conditions: readonly Condition[]): Promise<void>;
}

/** Who a rule holds for. An edit to one condition re-asks that one alone; the rest is bit arithmetic. */
export async function evaluate(rule: Rule, members: Members): Promise<Bitmap> {
	if (rule.type === 'condition')
		return rule.lowered ? evaluate(rule.lowered, members) : members.of(rule.condition);

	const sets: Bitmap[] = [];
	for (const child of rule.children) sets.push(await evaluate(child, members));
	return combine(rule, sets, members.everyone);
}

/** Who each of these rules holds for. */
export async function setsOf(rules: readonly Rule[], members: Members): Promise<Bitmap[]> {
	await members.prepare(rules.flatMap(conditionsOf));
	const sets: Bitmap[] = [];
	for (const rule of rules) sets.push(await evaluate(rule, members));
	return sets;
}

/** How many each of these rules holds for. */
export async function countsOf(rules: readonly Rule[], members: Members): Promise<number[]> {
	await members.prepare(rules.flatMap(conditionsOf));
	const counts: number[] = [];
	for (const rule of rules) counts.push(await countOf(rule, members));
	return counts;
}

/** The set of all that is combined last is not made: at a million contacts that takes longer than to count it. */
async function countOf(rule: Rule, members: Members): Promise<number> {
	if (rule.type === 'condition')
		return rule.lowered ? countOf(rule.lowered, members) : (await members.of(rule.condition)).count;

	const sets: Bitmap[] = [];
	for (const child of rule.children) sets.push(await evaluate(child, members));
	const last = sets.pop()!; // a group has a child
	const { match } = rule;
	if (match === 'all')
		return sets.length === 0 ? last.count : sets.reduce((a, b) => a.and(b)).sharedWith(last);
	const others = sets.length === 0 ? undefined : sets.reduce((a, b) => a.or(b));
	const any = last.count + (others ? others.count - others.sharedWith(last) : 0);
	switch (match) {
		case 'any':
			return any;
		case 'none':
			return members.everyone.count - any;
		default:
			return unreachable(match);
	}
}

function combine({ match }: Group, sets: readonly Bitmap[], everyone: Bitmap): Bitmap {
	switch (match) {
		case 'all':
			return sets.reduce((a, b) => a.and(b));
		case 'any':
			return sets.reduce((a, b) => a.or(b));
		case 'none':
			return everyone.minus(sets.reduce((a, b) => a.or(b)));
		default:
			return unreachable(match);
	}
}

/** What one node of a rule comes to. */
export interface NodeCount {
	/** Members of the node by itself. */
	readonly alone: number;
	/** Members of its group up to and with this node, in order; for the root: of the whole rule. */
	readonly after: number;
}

export interface Funnel {
	readonly everyone: number;
	readonly total: number;
	readonly nodes: ReadonlyMap<NodeId, NodeCount>;
}

/** Counts for every node. All come from the same bitmaps, so that a step can never disagree with the total. */
export async function countNodes(rule: Rule, members: Members): Promise<Funnel> {
	const nodes = new Map<NodeId, NodeCount>();

	const count = async (node: Rule): Promise<Bitmap> => {
		if (node.type === 'condition') return evaluate(node, members);
		let sofar: Bitmap | undefined;
		for (const child of node.children) {
			const set = await count(child);
			sofar = !sofar
				? combine({ ...node, children: [child] }, [set], members.everyone)
				: node.match === 'all'
					? sofar.and(set)
					: node.match === 'any'
						? sofar.or(set)
						: sofar.minus(set);
			nodes.set(child.id, { alone: set.count, after: sofar.count });
		}
		return sofar!;
	};

	const all = await count(rule);
	nodes.set(rule.id, { alone: all.count, after: all.count });
	return { everyone: members.everyone.count, total: all.count, nodes };
}
