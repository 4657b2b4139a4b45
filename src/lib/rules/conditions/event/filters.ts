import type { EventProperty, EventTypes } from '$lib/events/event-type';
import { familyOf } from '$lib/fields/field';
import { firstOperator } from '../field/field';

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
export function firstFilter(
	properties: readonly EventProperty[],
	id: string
): Readonly<Record<string, unknown>> {
	const family = familyOf(properties.find((property) => property.id === id)?.type ?? 'text');
	return { property: id, of: family, test: { operator: firstOperator[family] } };
}
