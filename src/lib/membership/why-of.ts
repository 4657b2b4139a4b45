import type { Queryable } from '$lib/db/db';
import { conditionsOf } from '$lib/rules/conditions-of';
import { explainer, type Why } from '$lib/rules/why/why';
import { compileCondition } from '$lib/rules/compile';
import type { Condition } from '$lib/rules/conditions/registry';
import { datetimesIn } from '$lib/rules/datetimes';
import type { Rule } from '$lib/rules/rule';
import type { Moment } from '$lib/time/moment';
import type { Members } from './evaluate';
import { mostEvents } from './most-events';
import { personOf } from './person-of';

/** Why a contact is in some rules or is not. */
export interface WhyOfContact {
	/** In the order of the rules. */
	readonly whys: readonly Why[];
	/** There are more events than were looked at: what decided may be incomplete, and there are no times. */
	readonly truncated: boolean;
}

/**
 * Why a contact is in these rules, or is not; nothing where there is no such contact. What one person alone cannot tell,
 * how they stand among others, or by more events than the `most` that are read, is asked of `members`.
 */
export async function whyOf(
	database: Queryable,
	members: Members,
	cno: number,
	rules: readonly Rule[],
	moment: Moment,
	most = mostEvents
): Promise<WhyOfContact | undefined> {
	const known = await personOf(database, cno, new Set(rules.flatMap(datetimesIn)), most);
	if (!known) return;
	const { person, truncated } = known;
	const asked = rules
		.flatMap(conditionsOf)
		.filter((condition) => truncated || compileCondition(condition, moment).relative);
	await members.prepare(asked);
	const decided = new Map<Condition, boolean>();
	for (const condition of asked) decided.set(condition, (await members.of(condition)).has(cno));
	return { whys: rules.map(explainer({ person, moment, decided })), truncated };
}
