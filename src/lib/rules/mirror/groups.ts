import { Bitmap } from '$lib/bitmap';
import type { GroupsColumn } from './columns';
import { putAll } from './runs';

/** Contacts in any of these groups. Of one that is not there nobody is. */
export function whoInAny(column: GroupsColumn, ids: Iterable<string>, size: number): Bitmap {
	const words = new Uint32Array(Math.ceil(size / 32));
	for (const id of ids) putGroup(words, column, id);
	return new Bitmap(words);
}

/** Contacts in all of these groups, of which there is one at least. */
export const whoInAll = (column: GroupsColumn, ids: readonly string[], size: number): Bitmap =>
	ids.map((id) => whoInAny(column, [id], size)).reduce((a, b) => a.and(b));

/** Contacts in any group at all. */
export function whoInSome({ cnos }: GroupsColumn, size: number): Bitmap {
	const words = new Uint32Array(Math.ceil(size / 32));
	putAll(words, cnos, 0, cnos.length);
	return new Bitmap(words);
}

function putGroup(words: Uint32Array, { ids, starts, cnos }: GroupsColumn, id: string): void {
	const group = ids.indexOf(id);
	if (group >= 0) putAll(words, cnos, starts[group]!, starts[group + 1]!);
}
