import type { EventProperty, EventTypes } from '$lib/events/event-type';
import { familyOf } from '$lib/fields/field';
import type { Definitions } from '../../definitions';
import { listOf } from '../../editing/subject';
import { firstOperator } from '../field/field';

/** A filter being edited. */
export type RawFilter = Readonly<Record<string, unknown>>;

/** The filters of a condition being edited; anything else is none. */
export const filtersOf = (where: unknown): readonly RawFilter[] =>
	Array.isArray(where) ? where.filter(isRaw) : [];

const isRaw = (part: unknown): part is RawFilter => typeof part === 'object' && part !== null;

/** The event types of a condition being edited. */
export const typesOf = (types: unknown): readonly string[] => listOf(types).map(String);

/** What these events are called in the names of tokens. */
export const namesOf = (types: readonly string[], { eventTypes }: Definitions): string =>
	types.map((id) => eventTypes.get(id)?.name ?? 'a deleted event').join(' or ') || 'Event';

/** The same without the parts that are `undefined`. */
export const without = <T extends Readonly<Record<string, unknown>>>(parts: T): T =>
	Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as T;

/** The properties that all of these events have, and that are the same thing in each. */
export function sharedProperties(
	types: readonly string[],
	eventTypes: EventTypes
): readonly EventProperty[] {
	const [first, ...others] = types.flatMap((id) => eventTypes.get(id) ?? []);
	return (first?.properties ?? []).filter((property) =>
		others.every(({ properties }) =>
			properties.some(
				({ id, type, column }) =>
					id === property.id && type === property.type && column === property.column
			)
		)
	);
}

/** A filter on a property, still to be filled in. */
export function firstFilter(properties: readonly EventProperty[], id: string): RawFilter {
	const family = familyOf(properties.find((property) => property.id === id)?.type ?? 'text');
	return { property: id, of: family, test: { operator: firstOperator[family] } };
}
