import { unreachable } from '$lib/result';
import type { Moment } from '$lib/time/moment';
import { kindOf } from './conditions/registry';
import type { Person } from './person';
import type { Rule } from './rule';

/**
 * Whether a rule holds for one person, worked out the plain way. It is what SQL and bitmaps are checked against,
 * and what explains why somebody is in a segment.
 */
export const isMember = (rule: Rule, person: Person, moment: Moment): boolean =>
	!person.archived && holds(rule, person, moment);

/** The same for a part of a rule, whether or not the person is archived. */
export function holds(rule: Rule, person: Person, moment: Moment): boolean {
	if (rule.type === 'condition') {
		if (rule.lowered) return holds(rule.lowered, person, moment);
		const kind = kindOf(rule.condition);
		if ('lower' in kind) throw new Error(`${rule.condition.kind} was not lowered`);
		return kind.holds(rule.condition, person, moment);
	}
	switch (rule.match) {
		case 'all':
			return rule.children.every((child) => holds(child, person, moment));
		case 'any':
			return rule.children.some((child) => holds(child, person, moment));
		case 'none':
			return !rule.children.some((child) => holds(child, person, moment));
		default:
			return unreachable(rule.match);
	}
}
