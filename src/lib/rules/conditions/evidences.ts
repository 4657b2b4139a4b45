import type { Moment } from '$lib/time/moment';
import type { Person } from '../person';
import type { Evidence } from '../why/evidence';
import { aggregateEvidence } from './aggregate/evidence';
import { anniversaryEvidence } from './anniversary/evidence';
import { changedEvidence } from './changed/evidence';
import { consentEvidence } from './consent/evidence';
import { engagementEvidence } from './engagement/evidence';
import { eventEvidence } from './event/evidence';
import { fieldEvidence } from './field/evidence';
import { chosenEvidence } from './first/evidence';
import { listEvidence } from './list/evidence';
import { membershipEvidence } from './membership/evidence';
import { placeEvidence } from './place/evidence';
import type { Condition } from './registry';
import { regularlyEvidence } from './regularly/evidence';
import { sampleEvidence } from './sample/evidence';
import { suppressedEvidence } from './suppressed/evidence';
import { tagEvidence } from './tag/evidence';

/** Kinds that can tell what decided. The others are known by their sentence alone. */
const evidences: {
	readonly [K in Condition['kind']]?: (
		condition: Extract<Condition, { kind: K }>,
		person: Person,
		moment: Moment
	) => Evidence | undefined;
} = {
	aggregate: aggregateEvidence,
	anniversary: anniversaryEvidence,
	changed: changedEvidence,
	consent: consentEvidence,
	engagement: engagementEvidence,
	event: eventEvidence,
	field: fieldEvidence,
	first: chosenEvidence,
	last: chosenEvidence,
	list: listEvidence,
	membership: membershipEvidence,
	place: placeEvidence,
	regularly: regularlyEvidence,
	sample: sampleEvidence,
	suppressed: suppressedEvidence,
	tag: tagEvidence
};

/** What of a person decided a condition that is not lowered. */
export function evidenceOf(
	condition: Condition,
	person: Person,
	moment: Moment
): Evidence | undefined {
	// TypeScript cannot tie a looked-up kind to its own condition.
	const evidence = evidences[condition.kind] as
		((condition: Condition, person: Person, moment: Moment) => Evidence | undefined) | undefined;
	return evidence?.(condition, person, moment);
}
