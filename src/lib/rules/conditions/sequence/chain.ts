import type { Moment } from '$lib/time/moment';
import { addUnits } from '$lib/time/zone';
import { isOne, isThen } from '../event/matching';
import type { PersonEvent } from '../event/property';
import type { Gap, SequenceCondition } from './sequence';

/** Whether some chain of events meets all steps: every one there could be is tried. */
export function hasChain(
	{ steps, window }: Pick<SequenceCondition, 'steps' | 'window'>,
	events: readonly PersonEvent[],
	moment: Moment
): boolean {
	const goesOn = (step: number, before: number | undefined): boolean => {
		const { within, without, ...asked } = steps[step]!;
		return events.some((event) => {
			if (!isOne(asked, event, moment) || !isThen(window, event.at, moment)) return false;
			if (before !== undefined) {
				if (event.at <= before) return false;
				if (within && event.at - before > lengthOf(within)) return false;
				const between = ({ at }: PersonEvent) => before < at && at < event.at;
				if (without && events.some((one) => between(one) && isOne(without, one, moment)))
					return false;
			}
			return step === steps.length - 1 || goesOn(step + 1, event.at);
		});
	};
	return goesOn(0, undefined);
}

/** In milliseconds. */
export const lengthOf = ({ n, unit }: Gap): number => addUnits(0, n, unit, 'UTC');
