import type { Definitions } from './definitions';
import { parseRule } from './parse';
import { NodeId, type DraftCondition, type DraftRule, type Rule } from './rule';

/** What a condition means in terms of others. */
export interface Expansion {
	/** Every node has an id of its own, which is not for keeping. */
	readonly means: DraftRule;
	/** They are the rules of another segment: put in its place, they follow it no more. */
	readonly copied: boolean;
}

/** Nothing for a condition that is no other in other words, or is not sound. */
export function expansionOf(
	{ id, condition }: DraftCondition,
	definitions: Definitions,
	self: string | undefined
): Expansion | undefined {
	const parsed = parseRule({ type: 'condition', id, condition }, definitions, self);
	if (!parsed.ok || parsed.value.type !== 'condition' || !parsed.value.lowered) return;
	const read = parsed.value.condition;
	if (read.kind !== 'segment')
		return { means: draftOfRule(parsed.value.lowered, numbered('means')), copied: false };
	// As it was built, with notes and all that is switched off.
	const saved = definitions.segments.get(read.segment)?.rule;
	if (!saved) return;
	const means: DraftRule = read.in
		? saved
		: { type: 'group', id: NodeId.parse('means-not'), match: 'none', children: [saved] };
	return { means, copied: true };
}

/** A rule as a draft that says the same: of what is lowered, what people chose. */
export function draftOfRule(rule: Rule, newId: () => NodeId): DraftRule {
	return rule.type === 'condition'
		? { type: 'condition', id: newId(), condition: rule.condition }
		: {
				type: 'group',
				id: newId(),
				match: rule.match,
				children: rule.children.map((child) => draftOfRule(child, newId))
			};
}

const numbered = (name: string) => {
	let n = 0;
	return () => NodeId.parse(`${name}-${n++}`);
};
