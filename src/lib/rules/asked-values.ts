import { familyOf, isStandard } from '$lib/fields/field';
import type { EventProperty } from '$lib/events/event-type';
import { columnOf, propertyOf } from './conditions/event/property';
import { readCondition } from './conditions/registry';
import type { Definitions } from './definitions';
import type { ValueSource } from './editing/value-source';
import type { DraftCondition } from './rule';

/** A field or a property whose values are kept as JSON, and so may be of another type than it has. */
export interface LooseValues {
	readonly source: Extract<ValueSource, { readonly of: 'field' | 'property' }>;
	readonly about: Pick<EventProperty, 'name' | 'type'>;
}

/** Those that a finished condition compares, each once. */
export function looseValuesOf(
	condition: DraftCondition['condition'],
	definitions: Definitions
): readonly LooseValues[] {
	const read = readCondition(condition);
	if (!read) return [];
	if (read.kind === 'field') {
		// Parts of a JSON value are of whatever type they are.
		if (read.path !== undefined) return [];
		const field = definitions.fields.get(read.field);
		if (!field || isStandard(field.id)) return [];
		const family = familyOf(field.type);
		return [{ source: { of: 'field', field: field.id, family }, about: field }];
	}
	return 'types' in read && 'where' in read
		? [
				...new Set(
					(read.where ?? []).flatMap(({ property, path }) => (path === undefined ? property : []))
				)
			].flatMap((id) => looseProperty(read.types, id, definitions))
		: [];
}

function looseProperty(
	types: readonly string[],
	id: string,
	{ eventTypes }: Definitions
): readonly LooseValues[] {
	const property = propertyOf(types, id, eventTypes);
	if (!property || columnOf(types, id)) return [];
	const family = familyOf(property.type);
	return [{ source: { of: 'property', types, property: id, family }, about: property }];
}
