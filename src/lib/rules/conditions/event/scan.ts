import { Bitmap } from '$lib/bitmap';
import type { Moment } from '$lib/time/moment';
import type { EventColumns, Mirror, MirrorPart } from '../../mirror/columns';
import { predicateOf, type Predicate } from '../../mirror/predicate';
import { countsIn, runIn, whoIn, whoOf, type Run } from '../../mirror/runs';
import type { Scan } from '../../mirror/scan';
import { countHolds } from '../../operators/count';
import { instantRange } from '../../operators/datetime';
import { stretchOf } from '../../operators/time';
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
	const filters: { readonly column: 'value' | 'ref'; readonly predicate: Predicate }[] = [];
	for (const filter of where) {
		const column = columnFor(types, filter);
		const predicate = column && predicateOf(filter, moment);
		if (!predicate) return;
		filters.push({ column, predicate });
	}
	const range = stretch ? instantRange(stretch, moment) : { to: moment.now + 1 };
	const ref = filters.some(({ column }) => column === 'ref');
	const parts = types.map((eventType) => ({ type: 'events', eventType, ref }) as const);
	return {
		parts,
		runs: (mirror) =>
			parts.map((part) => {
				const events = mirror.events(part);
				const tests = filters.map(({ column, predicate }) =>
					column === 'value' ? byValue(events, predicate) : byRef(events, predicate)
				);
				const passes = (i: number) => tests.every((test) => test(i));
				return runIn(events, range, tests.length > 1 ? passes : tests[0]);
			})
	};
}

/** What a filter asks of the event itself, in the type that is kept there. */
function columnFor(types: readonly string[], filter: EventFilter): 'value' | 'ref' | undefined {
	const columns = new Set(types.map((type) => columnOf([type], filter.property)));
	const [column] = columns;
	if (columns.size !== 1 || filter.path !== undefined) return;
	return column && filter.of === (column === 'value' ? 'number' : 'text') ? column : undefined;
}

function byValue({ value }: EventColumns, { missing, numbers }: Predicate): (i: number) => boolean {
	if (!value) return () => missing;
	if ('holds' in numbers)
		return (i) => {
			const own = value[i]!;
			return own === own ? numbers.holds(own) : missing;
		};
	const { low, high, outside } = numbers;
	return (i) => {
		const own = value[i]!;
		return own === own ? (own >= low && own <= high) !== outside : missing;
	};
}

function byRef({ ref, refs }: EventColumns, { missing, present }: Predicate) {
	const holds = refs.map(present);
	return (i: number): boolean => {
		const code = ref![i]!; // asked for with the parts
		return code < 0 ? missing : holds[code]!;
	};
}

/** Contacts with a number of these events that passes; as in SQL, of those who have any, and of failures if none passes. */
export function scanEvent(condition: EventCondition, moment: Moment): Scan | undefined {
	const found = condition.lastSends ? undefined : findEvents(condition, moment);
	if (!found) return;
	const test = countOf(condition);
	const nonePasses = countHolds(test, 0);
	const onceIsEnough = test.operator === 'atLeast' && test.n === 1;
	return {
		parts: found.parts,
		run(mirror): Bitmap {
			const runs = found.runs(mirror);
			if (onceIsEnough) return whoIn(runs, mirror.size);
			const counts = countsIn(runs, mirror.size);
			return whoOf(runs, mirror.size, (n) => {
				const count = counts[n]!;
				return count > 0 && countHolds(test, count) !== nonePasses;
			});
		}
	};
}
