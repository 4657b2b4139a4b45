import type { EventProperty } from '$lib/events/event-type';
import type { FieldType } from '$lib/fields/field';
import { slugOf } from '../discovery';
import type { ImportDefinitions } from '../mapping';

/**
 * A property made for a column. Where events have one of that name that is something else, as a number of items is no
 * list of them, it gets an id of its own.
 */
export function newProperty(
	name: string,
	type: FieldType,
	{ eventTypes }: Pick<ImportDefinitions, 'eventTypes'>
): EventProperty {
	const id = slugOf(name, () => 'property');
	const alike = [...eventTypes.values()]
		.flatMap(({ properties }) => properties)
		.filter((property) => property.id === id);
	const isFree = alike.length === 0 || alike.some((property) => property.type === type);
	return { id: isFree ? id : `${id}_${type}`, name, type };
}
