import { canonical } from '$lib/json';
import type { DraftGroup, DraftRule } from '$lib/rules/rule';

/**
 * A rule that was written anew, with the ids that its parts had `before`, so that what hangs on an id stays there: first
 * what says the same in the same group, then what is left of the same kind, in order. New parts get new ids.
 */
export function withKnownIds(
	rule: DraftGroup,
	before: DraftGroup,
	newId: () => DraftRule['id']
): DraftGroup {
	const known = new Map<DraftRule, DraftRule>();
	const left = new Set(before.children);
	for (const isLike of [saysTheSame, isOfOneKind])
		for (const child of rule.children) {
			if (known.has(child)) continue;
			const same = [...left].find((other) => isLike(child, other));
			if (!same) continue;
			known.set(child, same);
			left.delete(same);
		}
	return {
		...rule,
		id: before.id,
		children: rule.children.map((child) => {
			const same = known.get(child);
			if (child.type === 'condition') return { ...child, id: same?.id ?? newId() };
			const group = same?.type === 'group' ? same : { ...child, id: newId(), children: [] };
			return withKnownIds(child, group, newId);
		})
	};
}

const saysTheSame = (a: DraftRule, b: DraftRule): boolean => saying(a) === saying(b);

/** All of a node but ids and what people noted. */
const saying = (node: DraftRule): string =>
	node.type === 'condition'
		? canonical(node.condition)
		: `${node.match}(${node.children.map(saying).join()})`;

const isOfOneKind = (a: DraftRule, b: DraftRule): boolean =>
	a.type === 'group' || b.type === 'group'
		? a.type === b.type
		: a.condition.kind === b.condition.kind && a.condition.field === b.condition.field;
