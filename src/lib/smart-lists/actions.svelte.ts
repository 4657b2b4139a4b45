import type { App } from '$lib/app.svelte';
import { defaultColumns } from '$lib/contacts/columns';
import { freeName } from '$lib/free-name';
import { countVersion } from '$lib/segments/count-version.svelte';
import { sayReverted, told } from '$lib/segments/actions.svelte';
import { toast } from '$lib/ui/toast';
import { blockedDelete } from '$lib/uses/blocked.svelte';
import { blockersOf } from '$lib/uses/uses';
import { renameSmartList, setSmartListState, setView } from '$lib/workspace/edit-smart-lists';
import type { Edit } from '$lib/workspace/gesture';
import type { Segment } from '$lib/workspace/segment';
import type { SmartList, SmartListState } from '$lib/workspace/smart-lists';
import { allOfSegment } from './narrowed';
import { ruleOfView, type SmartListView } from './view';

/** Keeps a view under a name, and says so with Undo; gives its id, if it was kept. */
export function saveView(app: App, name: string, view: SmartListView): string | undefined {
	const made = app.workspace.createSmartList(name, view);
	if (!told(made) || !made.ok) return;
	const id = made.value;
	void toast(`“${name}” saved.`, {
		undo: () =>
			void told(
				app.workspace.gesture('Delete smart list', (edit) => setSmartListState(edit, id, 'deleted'))
			)
	});
	return id;
}

/** Makes a smart list what is looked at now. Gives whether it was done. */
export function updateView(app: App, { id, name }: SmartList, view: SmartListView): boolean {
	return put(app, 'Update view', `“${name}” updated.`, (edit) => setView(edit, id, view));
}

export function rename(app: App, { id }: SmartList, name: string): boolean {
	return told(
		app.workspace.gesture('Rename smart list', (edit) => renameSmartList(edit, id, name))
	);
}

/** A copy under a name of its own; gives its id. */
export function duplicate(app: App, { name, view }: SmartList): string | undefined {
	return view && saveView(app, freeName(`${name} copy`, app.workspace.smartLists), view);
}

const labels: Record<SmartListState, string> = {
	active: 'Restore',
	archived: 'Archive',
	deleted: 'Delete'
};
const done: Record<SmartListState, string> = {
	active: 'restored',
	archived: 'archived',
	deleted: 'deleted'
};

/**
 * Archives, deletes or restores a smart list, and says so with Undo. One that a campaign uses is not deleted: a dialog
 * says so. Gives whether it was done.
 */
export function changeState(app: App, { id, name }: SmartList, to: SmartListState): boolean {
	const used = { type: 'smartList' as const, id };
	const remove = (first?: (edit: Edit) => void) =>
		put(app, `${labels[to]} smart list`, `“${name}” ${done[to]}.`, (edit) => {
			first?.(edit);
			setSmartListState(edit, id, to);
		});
	if (to === 'deleted' && blockersOf(used, app.workspace).length > 0) {
		blockedDelete.set({ things: [{ ...used, name }], remove });
		return false;
	}
	return remove();
}

/** A segment of just those that a view shows, saved where its rule can be counted; gives its id. */
export function segmentOf(app: App, name: string, view: SmartListView): string | undefined {
	const rule = ruleOfView(view);
	if (!rule) {
		void toast('Archived contacts are in no segment, so this stays a smart list.');
		return;
	}
	const { workspace } = app;
	const made = workspace.createSegment(freeName(name, workspace.segments), rule);
	if (!told(made) || !made.ok) return;
	const id = made.value;
	if (app.parse(rule, id).ok) {
		const saved = workspace.saveSegment(id);
		if (saved.ok) void countVersion(app, id, saved.value);
	}
	void toast(
		`“${workspace.segment(id)?.name ?? name}” is a segment now: it keeps itself current.`,
		{
			undo: () => void told(workspace.setState(id, 'deleted'))
		}
	);
	return id;
}

/** A smart list of all who are in a segment; gives its id. */
export function smartListOf(app: App, { id, name }: Segment): string | undefined {
	return saveView(app, freeName(name, app.workspace.smartLists), {
		rule: allOfSegment(id),
		columns: defaultColumns,
		density: 'comfortable'
	});
}

function put(app: App, label: string, words: string, work: (edit: Edit) => void): boolean {
	const made = app.workspace.revertible(label, work);
	if (!told(made) || !made.ok) return false;
	void toast(words, { undo: () => sayReverted(made.value()) });
	return true;
}
