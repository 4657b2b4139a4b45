import type { Moment } from '$lib/time/moment';
import { compileCondition } from './compile';
import type { Rule } from './rule';

/** Whether who a rule holds for hangs on other contacts too, so that one person alone cannot tell. */
export function isRelative(rule: Rule, moment: Moment): boolean {
	if (rule.type === 'group') return rule.children.some((child) => isRelative(child, moment));
	return rule.lowered
		? isRelative(rule.lowered, moment)
		: compileCondition(rule.condition, moment).relative === true;
}
