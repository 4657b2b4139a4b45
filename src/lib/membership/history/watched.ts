import { conditionsOf } from '$lib/rules/conditions-of';
import { timesOf } from '$lib/rules/times';
import type { Rule } from '$lib/rules/rule';
import { hexOf, sha256 } from '$lib/sha256';

/** A segment whose members are watched, and its saved rule with what it refers to written in. */
export interface Watched {
	readonly segment: string;
	readonly rule: Rule;
}

/** The same for the same rule only. */
export const digestOf = (rule: Rule): string =>
	hexOf(sha256(new TextEncoder().encode(JSON.stringify(rule))));

/** Whether time alone brings people in or out. */
export const hangsOnTime = (rule: Rule): boolean =>
	conditionsOf(rule).some((condition) => timesOf(condition).length > 0);
