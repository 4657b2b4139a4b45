import type { Moment } from '$lib/time/moment';
import type { Mirror, MirrorPart } from '../../mirror/columns';
import { predicateOf } from '../../mirror/predicate';
import { runIn, type EventTest, type Run } from '../../mirror/runs';
import type { Scan } from '../../mirror/scan';
import { instantRange } from '../../operators/datetime';
import { stretchOf } from '../../operators/time';
import { asksWhetherAny } from '../counted';
import { scanCounted } from '../scan-counted';
import { countOf, type EventCondition } from './event';
import type { EventFilter, EventsThen } from './matching';
import { columnOf } from './property';

/** Events that a mirror can find by itself. */
export interface FoundEvents {
	readonly parts: readonly MirrorPart[];
	runs(mirror: Mirror): readonly Run[];
}

/** How a mirror finds these events; nothing where a filter asks for what it does not hold. */
export function findEvents(
	{ types, where = [], window }: EventsThen,
	moment: Moment
): FoundEvents | undefined {
	const stretch = window && stretchOf(window);
	if (window && !stretch) return;
	const filters: EventTest[] = [];
	for (const filter of where) {
		const column = columnFor(types, filter);
		const predicate = column && predicateOf(filter, moment);
		if (!predicate) return;
		filters.push({ column, predicate, said: JSON.stringify(filter) });
	}
	const range = stretch ? instantRange(stretch, moment) : { to: moment.now + 1 };
	const ref = filters.some(({ column }) => column === 'ref');
	// A type that is named twice is one, as in SQL.
	const parts = [...new Set(types)].map(
		(eventType) => ({ type: 'events', eventType, ref }) as const
	);
	return {
		parts,
		runs: (mirror) => parts.map((part) => runIn(mirror.events(part), range, filters))
	};
}

/** What a filter asks of the event itself, in the type that is kept there. */
function columnFor(types: readonly string[], filter: EventFilter): 'value' | 'ref' | undefined {
	const columns = new Set(types.map((type) => columnOf([type], filter.property)));
	const [column] = columns;
	if (columns.size !== 1 || filter.path !== undefined) return;
	return column && filter.of === (column === 'value' ? 'number' : 'text') ? column : undefined;
}

/** Contacts with a number of these events that passes; as in SQL, of those who have any, and of failures if none passes. */
export function scanEvent(condition: EventCondition, moment: Moment): Scan | undefined {
	const found = condition.lastSends ? undefined : findEvents(condition, moment);
	if (!found) return;
	const test = countOf(condition);
	return {
		parts: found.parts,
		way: asksWhetherAny(test) ? 'any' : 'count',
		run: (mirror) => scanCounted(test, mirror, found.runs(mirror))
	};
}
