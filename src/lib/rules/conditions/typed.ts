import type { Form, Part } from '../typed/form';
import { typedAggregate } from './aggregate/typed';
import { typedAnniversary } from './anniversary/typed';
import { typedChanged } from './changed/typed';
import { typedConsent } from './consent/typed';
import { typedEngagement } from './engagement/typed';
import { typedEvent } from './event/typed';
import { typedEveryone } from './everyone/typed';
import { typedField } from './field/typed';
import { typedFirst, typedLast } from './first/typed';
import { typedInactive } from './inactive/typed';
import { typedList } from './list/typed';
import { typedMembership } from './membership/typed';
import { typedMessage } from './message/typed';
import { typedPlace } from './place/typed';
import { typedPurchase } from './purchase/typed';
import type { Condition } from './registry';
import { typedRegularly } from './regularly/typed';
import { typedSample } from './sample/typed';
import { typedSegment } from './segment/typed';
import { typedSequence } from './sequence/typed';
import { typedSuppressed } from './suppressed/typed';
import { typedTag } from './tag/typed';

/**
 * How conditions of every kind are typed; a kind that cannot be does not type-check. What begins with the name of a field
 * is tried last, since a field may be called like anything.
 */
export const typedForms: { readonly [K in Condition['kind']]: Form<Part> } = {
	everyone: typedEveryone,
	purchase: typedPurchase,
	first: typedFirst,
	last: typedLast,
	event: typedEvent,
	aggregate: typedAggregate,
	inactive: typedInactive,
	sequence: typedSequence,
	regularly: typedRegularly,
	message: typedMessage,
	engagement: typedEngagement,
	tag: typedTag,
	list: typedList,
	segment: typedSegment,
	membership: typedMembership,
	anniversary: typedAnniversary,
	place: typedPlace,
	consent: typedConsent,
	suppressed: typedSuppressed,
	sample: typedSample,
	changed: typedChanged,
	field: typedField
};
