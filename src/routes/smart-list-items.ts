import { href } from '$lib/href';
import type { NavSubItem } from '$lib/ui/nav-item';
import type { Workspace } from '$lib/workspace/workspace.svelte';

/** As many stand in the navigation. */
const most = 8;

/** The smart lists, as places under the contacts. */
export function smartListItems(workspace: Workspace, { hash }: URL): readonly NavSubItem[] {
	const active = workspace.smartLists.filter(({ state }) => state === 'active');
	const [path, query] = hash.split('?');
	const shown = new URLSearchParams(query).get('in');
	const lists = active.slice(0, most).map(({ id, name }) => ({
		href: `${href('/contacts')}?in=${encodeURIComponent(`view:${id}`)}`,
		label: name || 'No name',
		current: path === '#/contacts' && shown === `view:${id}`
	}));
	const all = {
		href: href('/smart-lists'),
		label: 'All smart lists',
		current: path === '#/smart-lists'
	};
	return active.length > most || all.current ? [...lists, all] : lists;
}
