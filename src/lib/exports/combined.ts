import * as z from 'zod/mini';
import type { Fields } from '$lib/fields/field';
import { textKey } from '$lib/text-key';

/** A piece of a combined column: text as it stands, or a field by its id. */
export const CombinedPart = z.union([z.string(), z.object({ field: z.string() })]);
export type CombinedPart = z.infer<typeof CombinedPart>;

/** Parts as somebody types them: `{First name} {Last name}`. */
export const partsText = (parts: readonly CombinedPart[], fields: Fields): string =>
	parts
		.map((part) =>
			typeof part === 'string' ? part : `{${fields.get(part.field)?.name ?? part.field}}`
		)
		.join('');

/** What somebody typed, as parts. A field is meant by its name or its id; what is neither stays text. */
export function partsOf(text: string, fields: Fields): CombinedPart[] {
	const idByName = new Map([...fields.values()].map(({ id, name }) => [textKey(name), id]));
	return text
		.split(/(\{[^{}]*\})/)
		.filter((piece) => piece !== '')
		.map((piece) => {
			const name = /^\{(.*)\}$/.exec(piece)?.[1];
			if (name === undefined) return piece;
			const field = idByName.get(textKey(name)) ?? (fields.has(name) ? name : undefined);
			return field === undefined ? piece : { field };
		});
}

/** Names in braces that are those of no field. */
export const unknownNames = (parts: readonly CombinedPart[]): string[] =>
	parts.flatMap((part) =>
		typeof part === 'string' ? [...part.matchAll(/\{[^{}]*\}/g)].map(([name]) => name) : []
	);
