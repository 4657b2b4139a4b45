import { windowEnds, type Drift } from '../../drift';
import { filtered, happened } from '../event/drift';
import type { Condition } from '../registry';

/** One is chosen among all up to now, and then asked when it was. */
export const driftChosen = ({
	types,
	where,
	window,
	has
}: Extract<Condition, { kind: 'first' | 'last' }>): Drift => ({
	watched: [
		happened(types, windowEnds(undefined)),
		...(window ? [happened(types, windowEnds(window))] : []),
		...filtered(types, where),
		...filtered(types, has)
	]
});
