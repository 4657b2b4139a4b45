import type { Moment } from '$lib/time/moment';
import type { Person } from '../../person';
import type { Evidence } from '../../why/evidence';
import type { EngagementCondition } from './engagement';
import { rateOf } from './rate';

/** Where somebody stands among others is not to be seen in one person. */
export function engagementEvidence(
	condition: EngagementCondition,
	{ events }: Person,
	moment: Moment
): Evidence | undefined {
	if (condition.measure === 'rfm' || condition.measure === 'top') return;
	return { type: 'percent', percent: rateOf(condition, events, moment) };
}
