import type { EventProperty, EventType } from '$lib/events/event-type';
import type { Field } from '$lib/fields/field';
import type { Edit } from './gesture';
import { isUsableId, rawObject, type Root } from './registers';

/** Adds a field of the workspace's own, or changes it. Standard fields are as they are. */
export function putField(edit: Edit, { id, ...definition }: Field): void {
	if (!usable(edit, id)) return;
	const key = `${id}/def`;
	const { options, format } = definition;
	edit.write('fields', key, { ...rawObject(edit, 'fields', key), ...definition, options, format });
}

/** Adds a type of events, or renames it, and adds or changes the properties given. Others it has stay. */
export function putEventType(edit: Edit, { id, name, properties }: EventType): void {
	if (!usable(edit, id)) return;
	edit.write('eventTypes', `${id}/name`, name);
	for (const property of properties) putEventProperty(edit, id, property);
}

/** Adds a property to a type of events, also to one that is built in, or changes it. */
export function putEventProperty(
	edit: Edit,
	type: string,
	{ id, ...definition }: EventProperty
): void {
	if (!usable(edit, type) || !usable(edit, id)) return;
	const key = `${type}/property/${id}`;
	const { column } = definition;
	edit.write('eventTypes', key, { ...rawObject(edit, 'eventTypes', key), ...definition, column });
}

/** Adds a list, or renames it. Who is in it the database knows. */
export function putList(edit: Edit, id: string, name: string): void {
	if (!usable(edit, id)) return;
	if (edit.raw('lists', `${id}/new`) === undefined) edit.write('lists', `${id}/new`, edit.stamp);
	edit.write('lists', `${id}/name`, name);
}

/** Adds a tag, or renames it. */
export function putTag(edit: Edit, id: string, name: string): void {
	if (usable(edit, id)) edit.write('tags', `${id}/name`, name);
}

/** Takes a definition away with all there is about it. Rules that refer to it show an issue from then on. */
export function removeDefinition(
	edit: Edit,
	root: Extract<Root, 'fields' | 'lists' | 'tags' | 'eventTypes'>,
	id: string
): void {
	for (const key of [...edit.keys(root, id)]) edit.write(root, key, undefined);
}

/** Whether something can be kept under an id; refuses the edit where it cannot. */
export function usable(edit: Edit, id: string): boolean {
	const yes = isUsableId(id);
	if (!yes) edit.refuse({ type: 'UnusableId', id });
	return yes;
}
