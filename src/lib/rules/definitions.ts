import type { EventTypes } from '$lib/events/event-type';
import type { Fields } from '$lib/fields/field';
import type { DraftRule } from './rule';

/** What rules refer to by id, as the workspace has it now. */
export interface Definitions {
	readonly fields: Fields;
	readonly eventTypes: EventTypes;
	/** Names by id. */
	readonly tags: ReadonlyMap<string, string>;
	readonly lists: ReadonlyMap<string, string>;
	readonly segments: ReadonlyMap<string, SegmentDefinition>;
}

export interface SegmentDefinition {
	readonly name: string;
	readonly archived: boolean;
	/** The saved rule; a segment never saved cannot be referred to. */
	readonly rule: DraftRule | undefined;
}

export interface Reference {
	readonly type: 'field' | 'eventType' | 'tag' | 'list' | 'segment';
	readonly id: string;
}

const named: Record<Reference['type'], keyof Definitions> = {
	field: 'fields',
	eventType: 'eventTypes',
	tag: 'tags',
	list: 'lists',
	segment: 'segments'
};

export const isKnown = ({ type, id }: Reference, definitions: Definitions): boolean =>
	definitions[named[type]].has(id);

/** What is called by a name, and referred to by an id. */
export interface Named {
	readonly id: string;
	readonly name: string;
}

/** All that a reference of this type can be to. */
export function namesOf(type: Reference['type'], definitions: Definitions): readonly Named[] {
	const things: ReadonlyMap<string, string | { readonly name: string }> = definitions[named[type]];
	return [...things].map(([id, thing]) => ({
		id,
		name: typeof thing === 'string' ? thing : thing.name
	}));
}
