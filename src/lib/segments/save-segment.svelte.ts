import type { App } from '$lib/app.svelte';
import { toast } from '$lib/ui/toast';
import type { Counted } from '$lib/workspace/versions';
import { told } from './actions.svelte';
import { countVersion } from './count-version.svelte';

/**
 * Makes a segment's draft what counts, and says so or why not; gives whether it was saved. How many it has is kept with
 * it: `counted` where the page knows, else it is asked.
 */
export function saveSegment(app: App, id: string, counted?: Counted): boolean {
	const saved = app.workspace.saveSegment(id, counted);
	if (!told(saved) || !saved.ok) return false;
	void toast(`“${app.workspace.segment(id)?.name || 'The segment'}” saved.`);
	if (!counted) void countVersion(app, id, saved.value);
	return true;
}
