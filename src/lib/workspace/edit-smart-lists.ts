import type { SmartListView } from '$lib/smart-lists/view';
import { usable } from './edit-definitions';
import type { Edit } from './gesture';
import type { SmartListState } from './smart-lists';

/** A new smart list: a way of looking at contacts under a name. */
export function createSmartList(edit: Edit, id: string, name: string, view: SmartListView): void {
	if (!usable(edit, id)) return;
	edit.write('smartLists', `${id}/new`, edit.stamp);
	edit.write('smartLists', `${id}/name`, name);
	edit.write('smartLists', `${id}/view`, view);
}

export const renameSmartList = (edit: Edit, id: string, name: string): void =>
	set(edit, id, 'name', name);

/** Replaces a view as a whole: half of yours and half of mine shows nobody's contacts. */
export const setView = (edit: Edit, id: string, view: SmartListView): void =>
	set(edit, id, 'view', view);

/** Archives, deletes or restores. A deleted one is kept, so that it can be restored. */
export const setSmartListState = (edit: Edit, id: string, state: SmartListState): void =>
	set(edit, id, 'state', { state, ...edit.stamp });

function set(edit: Edit, id: string, name: string, value: unknown): void {
	if (edit.raw('smartLists', `${id}/new`) === undefined)
		return edit.refuse({ type: 'SmartListGone', smartList: id });
	edit.write('smartLists', `${id}/${name}`, value);
	edit.write('smartLists', `${id}/updated`, edit.stamp);
}
