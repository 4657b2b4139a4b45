import type { App } from '$lib/app.svelte';
import { toast } from '$lib/ui/toast';
import { saveSegment as saveIn } from '$lib/workspace/edit-segment';
import { randomId } from '$lib/workspace/random-id';
import type { Counted } from '$lib/workspace/versions';
import { sayReverted, told } from './actions.svelte';
import { countVersion, keepCounted } from './count-version.svelte';

/**
 * Makes a segment's draft what counts, and says so or why not; gives whether it was saved. How many it has is kept with
 * it: `counted` where the page knows, else it is asked.
 */
export function saveSegment(app: App, id: string, counted?: Counted): boolean {
	const saved = app.workspace.saveSegment(id, counted);
	if (!told(saved) || !saved.ok) return false;
	void toast(saidOf(app, id));
	if (counted) keepCounted(app, id, counted);
	else void countVersion(app, id, saved.value);
	return true;
}

/** The same in one go from where nobody edits: it can be taken back as long as that is offered. */
export function saveWithUndo(app: App, id: string): void {
	const version = randomId(10);
	const saved = app.workspace.revertible(
		'Save segment',
		(edit) => saveIn(edit, id, version),
		false
	);
	if (!told(saved) || !saved.ok) return;
	void toast(saidOf(app, id), { undo: () => sayReverted(saved.value()) });
	void countVersion(app, id, version);
}

const saidOf = (app: App, id: string): string =>
	`“${app.workspace.segment(id)?.name || 'The segment'}” saved.`;
