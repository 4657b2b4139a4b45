import { still, type Drift } from '../drift';
import { driftAggregate } from './aggregate/drift';
import { driftAnniversary } from './anniversary/drift';
import { driftChanged } from './changed/drift';
import { driftConsent } from './consent/drift';
import { driftEngagement } from './engagement/drift';
import { driftEvent } from './event/drift';
import { driftField } from './field/drift';
import { driftChosen } from './first/drift';
import { driftList } from './list/drift';
import { driftMembership } from './membership/drift';
import { driftRegularly } from './regularly/drift';
import { driftSequence } from './sequence/drift';
import { driftSuppressed } from './suppressed/drift';
import type { Condition, LoweredKind } from './registry';

/**
 * What time does to the members of each kind, beside its SQL, which says what they mean. Only the worker needs to know:
 * the page would load it for nothing.
 */
const drifts: {
	readonly [K in Exclude<Condition['kind'], LoweredKind>]: (
		condition: Extract<Condition, { kind: K }>
	) => Drift;
} = {
	field: driftField,
	event: driftEvent,
	aggregate: driftAggregate,
	first: driftChosen,
	last: driftChosen,
	sequence: driftSequence,
	regularly: driftRegularly,
	engagement: driftEngagement,
	tag: () => still,
	list: driftList,
	membership: driftMembership,
	changed: driftChanged,
	anniversary: driftAnniversary,
	place: () => still,
	consent: driftConsent,
	suppressed: driftSuppressed,
	everyone: () => still,
	sample: () => still
};

/** Only for conditions that are not lowered. */
export function driftOf(condition: Condition): Drift {
	// TypeScript cannot tie a looked-up kind to its own condition.
	const drift = drifts[condition.kind as Exclude<Condition['kind'], LoweredKind>] as
		((condition: Condition) => Drift) | undefined;
	if (!drift) throw new Error(`${condition.kind} is lowered: what it is lowered to is asked`);
	return drift(condition);
}
