import * as z from 'zod/mini';
import { putList, putTag, removeDefinition } from '$lib/workspace/edit-definitions';
import type { Edit } from '$lib/workspace/gesture';
import { registersOf } from '$lib/workspace/registers';
import type * as Y from 'yjs';

const Stamp = z.looseObject({ at: z.number() });

/** When a list was made, in epoch milliseconds; nothing if that is not known. */
export function madeAt(doc: Y.Doc, list: string): number | undefined {
	const stamp = Stamp.safeParse(registersOf(doc).raw('lists', `${list}/new`));
	return stamp.success ? stamp.data.at : undefined;
}

/** Takes a list or a tag away; gives the edit that brings it back as it was. */
export function removal(
	doc: Y.Doc,
	of: 'list' | 'tag',
	id: string,
	name: string
): { readonly remove: (edit: Edit) => void; readonly restore: (edit: Edit) => void } {
	if (of === 'tag')
		return {
			remove: (edit) => removeDefinition(edit, 'tags', id),
			restore: (edit) => putTag(edit, id, name)
		};
	const made = registersOf(doc).raw('lists', `${id}/new`);
	return {
		remove: (edit) => removeDefinition(edit, 'lists', id),
		restore: (edit) => {
			if (made !== undefined) edit.write('lists', `${id}/new`, made);
			putList(edit, id, name);
		}
	};
}
