import type { Moment } from '$lib/time/moment';
import type { Scan } from '../mirror/scan';
import { scanAggregate } from './aggregate/scan';
import { scanEvent } from './event/scan';
import { scanField } from './field/scan';
import { scanEdge } from './first/scan';
import { scanList } from './list/scan';
import type { Condition } from './registry';
import { scanTag } from './tag/scan';

/**
 * Kinds that a mirror can answer, beside their SQL, which says what they mean. Only the worker needs them: the page would
 * load them for nothing.
 */
const scans: {
	readonly [K in Condition['kind']]?: (
		condition: Extract<Condition, { kind: K }>,
		moment: Moment
	) => Scan | undefined;
} = {
	field: scanField,
	event: scanEvent,
	aggregate: scanAggregate,
	first: scanEdge,
	last: scanEdge,
	tag: scanTag,
	list: scanList
};

/** How a mirror answers a condition: the same contacts as its statement gives. Nothing for what is the database's alone. */
export function scanOf(condition: Condition, moment: Moment): Scan | undefined {
	// TypeScript cannot tie a looked-up kind to its own condition.
	const scan = scans[condition.kind] as
		((condition: Condition, moment: Moment) => Scan | undefined) | undefined;
	return scan?.(condition, moment);
}
