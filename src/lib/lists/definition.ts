import * as z from 'zod/mini';
import { registersOf } from '$lib/workspace/registers';
import type * as Y from 'yjs';

const Stamp = z.looseObject({ at: z.number() });

/** When a list was made, in epoch milliseconds; nothing if that is not known. */
export function madeAt(doc: Y.Doc, list: string): number | undefined {
	const stamp = Stamp.safeParse(registersOf(doc).raw('lists', `${list}/new`));
	return stamp.success ? stamp.data.at : undefined;
}
