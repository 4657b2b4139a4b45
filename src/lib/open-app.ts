import { version } from '$app/environment';
import { App } from '$lib/app.svelte';
import { Engine } from '$lib/engine/engine';
import { currentWorkspace } from '$lib/sample/current';
import { ok, type Result } from '$lib/result';
import { spoken } from '$lib/rules/spoken.svelte';
import { openInMemory, openWorkspace } from '$lib/workspace/open.svelte';
import type { StoreFailure } from '$lib/workspace/storage-database';

/** Opens this device's workspace. The engine starts at once beside it; nothing here waits for the database. What
 * rules are said in is there before the first of them is. */
export async function openApp(): Promise<Result<App, StoreFailure>> {
	const { namespace } = currentWorkspace();
	const engine = new Engine(namespace, { version });
	const [workspace] = await Promise.all([openWorkspace(namespace, options()), spoken.load()]);
	if (workspace.ok) return ok(new App(workspace.value, engine));
	engine.close();
	return workspace;
}

/** The same with definitions that nothing is kept of, when a person wants to go on all the same. */
export function openUnsavedApp(): App {
	return new App(openInMemory(options()), new Engine(currentWorkspace().namespace, { version }));
}

const options = () => ({
	by: deviceId(),
	zone: Intl.DateTimeFormat().resolvedOptions().timeZone
});

/** Who edits here, to people on other devices: made once for this browser. */
function deviceId(): string {
	const key = 'winnow:device';
	try {
		const known = localStorage.getItem(key);
		if (known) return known;
		const made = crypto.randomUUID().slice(0, 8);
		localStorage.setItem(key, made);
		return made;
	} catch {
		return 'this device'; // storage is refused, and then nothing of this session is kept anyway
	}
}
