import type { Condition } from '../conditions/registry';
import type { Rule } from '../rule';

/** The conditions that are asked of a person: what they are lowered to, where they are. */
export function askedConditions(rule: Rule): readonly Condition[] {
	if (rule.type === 'group') return rule.children.flatMap(askedConditions);
	return rule.lowered ? askedConditions(rule.lowered) : [rule.condition];
}
