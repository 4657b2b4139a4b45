import { conditionsOf } from '$lib/rules/conditions-of';
import { driftOf } from '$lib/rules/conditions/drifts';
import type { Rule } from '$lib/rules/rule';
import { hexOf, sha256 } from '$lib/sha256';
import type { Changed } from './changed';
import type { Causes } from './move';

/** A segment whose members are watched, and its saved rule with what it refers to written in. */
export interface Watched {
	readonly segment: string;
	readonly rule: Rule;
}

/** One that is looked at, with the digest of its rule, which a look asks for again and again. */
export interface Digested extends Watched {
	readonly digest: string;
}

/** The same for the same rule only. */
export const digestOf = (rule: Rule): string =>
	hexOf(sha256(new TextEncoder().encode(JSON.stringify(rule))));

/** Whether time alone brings people in or out. */
export const hangsOnTime = (rule: Rule): boolean =>
	conditionsOf(rule)
		.map(driftOf)
		.some(({ watched, calendar }) => watched.length > 0 || calendar !== undefined);

/** Whether it asks who entered or left segments. */
export const hangsOnMoves = (rule: Rule): boolean =>
	conditionsOf(rule).some(({ kind }) => kind === 'membership');

/** Why people moved since a segment was looked at with a rule of this digest, and these contacts changed. */
export function causesOf({ rule, digest }: Digested, before: string, changed: Changed): Causes {
	if (before !== digest) return { otherwise: 'rule' };
	if (changed === 'all') return { otherwise: 'data' };
	return { changed, otherwise: hangsOnTime(rule) ? 'time' : 'data' };
}
