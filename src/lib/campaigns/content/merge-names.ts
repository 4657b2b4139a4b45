import type { Field, Fields } from '$lib/fields/field';
import { textKey } from '$lib/text-key';
import { mergeText, parseMerge, unsubscribe } from './merge';

/** The field that is meant by an id or, as people write, by a name in any case. */
export function fieldCalled(called: string, fields: Fields): Field | undefined {
	const known = fields.get(called);
	if (known) return known;
	const key = textKey(called);
	for (const field of fields.values()) if (textKey(field.name) === key) return field;
	return;
}

/** What a field is called in a merge field: its name, if that leads back to it. */
export function calledName(id: string, fields: Fields): string {
	const name = fields.get(id)?.name.trim();
	if (name === undefined || /[{}|"\n]/.test(name) || textKey(name) === unsubscribe) return id;
	return fieldCalled(name, fields)?.id === id ? name : id;
}

/** A text as it is kept, with the names of its fields for people to read. */
export const withNames = (text: string, fields: Fields): string =>
	renamed(text, (called) => (fields.has(called) ? calledName(called, fields) : called));

/** A text as people write it, with the ids of its fields, so that it outlives their names. */
export const withIds = (text: string, fields: Fields): string =>
	renamed(text, (called) => fieldCalled(called, fields)?.id ?? called);

/** A text with its fields called otherwise. */
export function renamed(text: string, rename: (called: string) => string): string {
	let done = '';
	let from = 0;
	for (const part of parseMerge(text).parts) {
		if (part.type !== 'field' || part.field === unsubscribe) continue;
		const to = rename(part.field);
		if (to === part.field) continue;
		done += text.slice(from, part.at) + mergeText(to, part.fallback);
		from = part.at + part.length;
	}
	return done + text.slice(from);
}
