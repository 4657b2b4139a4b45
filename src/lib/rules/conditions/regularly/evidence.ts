import type { Evident } from '../../why/evidence';
import { activePeriods, type RegularlyCondition } from './regularly';

export const regularlyEvidence: Evident<RegularlyCondition> = (condition, { events }, moment) => ({
	type: 'periods',
	active: activePeriods(condition, events, moment),
	of: condition.of
});
