import { builtInEventTypes, type EventProperty, type EventTypes } from '$lib/events/event-type';
import type { Family } from '$lib/fields/field';
import { comparableAt, type Comparable } from '$lib/fields/value';
import { sql, type Sql } from '$lib/sql';
import type { Person } from '../../person';
import { keptSql } from '../../stored';

export type PersonEvent = Person['events'][number];

/** A property of events, and the family it is compared as. */
export interface AskedProperty {
	readonly property: string;
	readonly of: Family;
	/** To what is asked about, within a JSON value. */
	readonly path?: string | undefined;
}

/** The property as the first of these types that has it defines it. */
export function propertyOf(
	types: readonly string[],
	id: string,
	eventTypes: EventTypes
): EventProperty | undefined {
	return types
		.flatMap((type) => eventTypes.get(type)?.properties ?? [])
		.find((property) => property.id === id);
}

const builtIn: EventTypes = new Map(builtInEventTypes.map((type) => [type.id, type]));

/** Where a property is kept. Only properties of built-in types have a column, so the workspace need not be asked. */
export const columnOf = (types: readonly string[], id: string): EventProperty['column'] =>
	propertyOf(types, id, builtIn)?.column;

/** Why a property is not one that all of these events have, and keep in the same place. In sentences. */
export function propertyProblems(
	types: readonly string[],
	id: string,
	eventTypes: EventTypes
): readonly string[] {
	const without = types
		.flatMap((type) => eventTypes.get(type) ?? [])
		.filter(({ properties }) => !properties.some((property) => property.id === id));
	const places = new Set(types.map((type) => columnOf([type], id)));
	return [
		...without.map(({ name }) => `${name} has no property “${id}”.`),
		...(places.size > 1 ? [`“${id}” is not the same thing in all of these events.`] : [])
	];
}

/** ` from event`, with the tables beside it that these properties are kept in. */
export function fromSql(
	properties: readonly { readonly types: readonly string[]; readonly property: string }[]
): Sql {
	const places = properties.map(({ types, property }) => columnOf(types, property));
	const ref = places.includes('ref') ? sql` left join ref on ref.no = event.ref` : sql``;
	const more = places.includes(undefined)
		? sql` left join event_property on event_property.event = event.no`
		: sql``;
	return sql` from event${ref}${more}`;
}

/** A property as it is compared, null where it is missing; of a row of `fromSql`. */
export function propertySql(types: readonly string[], { property, of, path }: AskedProperty): Sql {
	const column = columnOf(types, property);
	if (column === 'value') return sql`event.value`;
	if (column === 'ref') return sql`ref.key`;
	return keptSql(sql`event_property.keys`, property, of, path);
}

/** The same of an event at hand. */
export const propertyValue = (
	event: PersonEvent,
	{ property, of, path }: AskedProperty
): Comparable | undefined => comparableAt(event.properties[property], path, of);
