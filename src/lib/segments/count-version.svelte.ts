import type { App } from '$lib/app.svelte';

/** Counts what was just saved, and keeps the number with it. */
export async function countVersion(app: App, id: string, version: string): Promise<void> {
	const rule = app.savedRule(id);
	if (!rule?.ok) return;
	try {
		const { everyone, counts } = await app.ask('countRules', [rule.value], app.moment);
		app.workspace.noteCount(id, version, { count: counts[0]!, everyone });
	} catch {
		// Without the database nobody knows how many there were. The rule is saved all the same.
	}
}
