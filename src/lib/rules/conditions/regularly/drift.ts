import type { Drift } from '../../drift';
import { filtered, happened } from '../event/drift';
import { endsOf, type RegularlyCondition } from './regularly';

/** A period begins a millisecond after the end of the one before. */
export const driftRegularly = (condition: RegularlyCondition): Drift => ({
	watched: [
		happened(condition.types, (moment) => endsOf(condition, moment).map((end) => end + 1)),
		...filtered(condition.types, condition.where)
	]
});
