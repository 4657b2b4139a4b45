import { canonical } from '$lib/json';
import type { Moment } from '$lib/time/moment';
import { allowedBy, complementOf, shareNothing, type Allowed } from './allowed';
import { kindOf, readCondition } from './conditions/registry';
import type { Lint } from './lint';
import type { DraftGroup, DraftRule, NodeId } from './rule';

/** What the rows of one group are to each other. `children` are those that are not muted. */
export function lintAmong(
	{ match }: DraftGroup,
	children: readonly DraftRule[],
	moment: Moment
): Lint[] {
	const lints: Lint[] = [];
	const seen = new Map<string, NodeId>();
	const opposites = new Map<string, NodeId>();
	const values = new Map<string, readonly Limit[]>();
	for (const child of children) {
		const node = child.id;
		const said = meaning(child);
		const same = seen.get(said);
		const contrary = opposites.get(said);
		const others = contrary === undefined ? without(match, child, values, moment) : [contrary];
		if (same !== undefined) lints.push({ type: 'Duplicate', node, of: same });
		else if (others)
			lints.push(
				match === 'all'
					? { type: 'Contradiction', node, with: others }
					: { type: 'AlwaysTrue', node, with: others, leavesNobody: match === 'none' }
			);
		if (isEveryone(child) && children.length > 1) lints.push({ type: 'EveryoneAmongOthers', node });
		seen.set(said, node);
		for (const opposite of oppositesOf(child)) opposites.set(opposite, node);
	}
	return lints;
}

/** What a row lets through of one thing that contacts have. */
interface Limit {
	readonly node: NodeId;
	readonly allowed: Allowed;
}

/**
 * Rows before this one that, together with it, ask of the same value what none can be; of `any` and `none`, that leave
 * nothing a value could be. Adds the row to `known`, the limits by what they are of.
 */
function without(
	match: string,
	child: DraftRule,
	known: Map<string, readonly Limit[]>,
	moment: Moment
): readonly NodeId[] | undefined {
	const limit = limitOf(child, moment);
	if (!limit) return;
	const allowed = match === 'all' ? limit.allowed : complementOf(limit.allowed);
	const before = known.get(limit.about) ?? [];
	known.set(limit.about, [...before, { node: child.id, allowed }]);
	const one = before.find((other) => shareNothing([other.allowed, allowed]));
	if (one) return [one.node];
	const all = [...before.map((other) => other.allowed), allowed];
	return before.length > 1 && shareNothing(all) ? before.map(({ node }) => node) : undefined;
}

/** What a row says of one value, where that is all it says. */
function limitOf(
	node: DraftRule,
	moment: Moment
): { readonly about: string; readonly allowed: Allowed } | undefined {
	if (node.type === 'condition') {
		const condition = readCondition(node.condition);
		const asked = condition && kindOf(condition).ofOneValue?.(condition);
		const allowed = asked && allowedBy(asked.comparison, moment);
		return allowed && { about: asked.about, allowed };
	}
	const [only, ...others] = node.children.filter((child) => !child.muted);
	const limit = only && others.length === 0 ? limitOf(only, moment) : undefined;
	return limit && node.match === 'none'
		? { ...limit, allowed: complementOf(limit.allowed) }
		: limit;
}

const isEveryone = (node: DraftRule): boolean =>
	node.type === 'condition' && node.condition.kind === 'everyone';

/** Two nodes of one meaning hold for the same people, whatever their ids and notes. */
function meaning(node: DraftRule): string {
	if (node.type === 'condition') return canonical(readCondition(node.condition) ?? node.condition);
	const parts = node.children.filter((child) => !child.muted).map(meaning);
	if (parts.length === 1 && node.match !== 'none') return parts[0]!;
	return canonical([node.match, [...new Set(parts)].sort()]);
}

/** What says the contrary of a node. */
function oppositesOf(node: DraftRule): string[] {
	const negated = canonical(['none', [meaning(node)]]);
	if (node.type === 'group') {
		const live = node.children.filter((child) => !child.muted);
		return node.match === 'none'
			? [negated, ...(live.length === 1 ? [meaning(live[0]!)] : [])]
			: [negated];
	}
	const read = readCondition(node.condition);
	const opposite = read && kindOf(read).opposite(read);
	return opposite ? [negated, canonical(opposite)] : [negated];
}
