import type { Moment } from '$lib/time/moment';
import { compileCondition } from './compile';
import { conditionsOf } from './conditions-of';
import type { Rule } from './rule';

/** Whether who a rule holds for hangs on other contacts too, so that one person alone cannot tell. */
export function isRelative(rule: Rule, moment: Moment): boolean {
	return conditionsOf(rule).some(
		(condition) => compileCondition(condition, moment).relative === true
	);
}
