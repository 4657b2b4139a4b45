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
	/** It belongs to something else and is not offered; rules that name it still mean it. */
	readonly aside?: boolean | undefined;
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

/** The segments that can be chosen, by id. */
export const offeredSegments = ({
	segments
}: Definitions): readonly (readonly [string, SegmentDefinition])[] =>
	[...segments].filter(([, { aside }]) => !aside);

/** What is called by a name, and referred to by an id. */
export interface Named {
	readonly id: string;
	readonly name: string;
}

/** All that a reference of this type can be to. */
export function namesOf(type: Reference['type'], definitions: Definitions): readonly Named[] {
	if (type === 'segment')
		return offeredSegments(definitions).map(([id, { name }]) => ({ id, name }));
	const things: ReadonlyMap<string, string | { readonly name: string }> = definitions[named[type]];
	return [...things].map(([id, thing]) => ({
		id,
		name: typeof thing === 'string' ? thing : thing.name
	}));
}
