import type { Condition } from './conditions/registry';
import type { Rule } from './rule';

/** The conditions that are asked when a rule is: what they are lowered to, where they are. */
export function conditionsOf(rule: Rule): readonly Condition[] {
	if (rule.type === 'group') return rule.children.flatMap(conditionsOf);
	return rule.lowered ? conditionsOf(rule.lowered) : [rule.condition];
}
