import { event } from '../event/event';
import { matching } from '../event/matching';
import type { Evident } from '../../why/evidence';
import { suppressingEvents, type SuppressedCondition } from './suppressed';

export const suppressedEvidence: Evident<SuppressedCondition> = ({ reasons }, person, moment) => ({
	type: 'reasons',
	things: reasons.flatMap((reason) => {
		const listed = person.suppressions.filter((one) => one.reason === reason);
		const condition = suppressingEvents[reason];
		const events =
			condition && event.holds(condition, person, moment)
				? matching(condition, person.events, moment)
				: [];
		const times = [...listed, ...events].map(({ at }) => at).filter((at) => at <= moment.now);
		return times.length > 0 ? [{ id: reason, at: Math.min(...times) }] : [];
	})
});
