import type { App } from '$lib/app.svelte';
import { currentWorkspace } from '$lib/workspace/current';
import type { Counted } from '$lib/workspace/versions';
import { keepCounts } from './kept-counts';

/** Counts what was just saved, and keeps the number with it. */
export async function countVersion(app: App, id: string, version: string): Promise<void> {
	const rule = app.savedRule(id);
	if (!rule?.ok) return;
	try {
		const { everyone, counts } = await app.ask('countRules', [rule.value], app.moment);
		const counted = { count: counts[0]!, everyone };
		app.workspace.noteCount(id, version, counted);
		keepCounted(app, id, counted);
	} catch {
		// Without the database nobody knows how many there were. The rule is saved all the same.
	}
}

/** Keeps what a rule had when it was saved as the segment's last count, for it may be broken before it is counted again. */
export function keepCounted(app: App, id: string, { count: total, everyone }: Counted): void {
	const at = app.moment.now;
	keepCounts(currentWorkspace().namespace, { [id]: { total, everyone, at, shares: [] } });
}
