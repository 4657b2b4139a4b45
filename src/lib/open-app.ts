import { version } from '$app/environment';
import { App } from '$lib/app.svelte';
import { takeEngine } from '$lib/early-engine';
import type { Engine } from '$lib/engine/engine';
import { currentWorkspace } from '$lib/workspace/current';
import { ok, type Result } from '$lib/result';
import { spoken } from '$lib/rules/spoken.svelte';
import { isShared, keptRole } from '$lib/sync/kept';
import type { Team } from '$lib/sync/team.svelte';
import { authorHere, deviceId } from '$lib/workspace/author';
import { openInMemory, openWorkspace } from '$lib/workspace/open.svelte';
import type { StoreFailure } from '$lib/workspace/storage-database';
import type { Workspace } from '$lib/workspace/workspace.svelte';

/** Opens this device's workspace. The engine starts beside it; nothing here waits for the database. What
 * rules are said in is there before the first of them is. */
export async function openApp(): Promise<Result<App, StoreFailure>> {
	const { namespace } = currentWorkspace();
	const engine = takeEngine(version);
	const opening = openWorkspace(namespace, options());
	const [workspace] = await Promise.all([opening, spoken.load()]);
	if (workspace.ok) return ok(appOf(namespace, workspace.value, engine));
	engine.close();
	return workspace;
}

/** The same with definitions that nothing is kept of, when a person wants to go on all the same. */
export function openUnsavedApp(): App {
	return appOf(currentWorkspace().namespace, openInMemory(options()), takeEngine(version));
}

function appOf(namespace: string, workspace: Workspace, engine: Engine): App {
	// As it was when this device last heard, until what works with the relay is here.
	workspace.setViewer(keptRole(namespace) === 'viewer');
	return new App(workspace, engine, loadTeam(namespace, workspace));
}

/** What works with a relay is fetched when it is needed: most people have none. */
const loadTeam = (namespace: string, workspace: Workspace) => async (): Promise<Team> => {
	const [{ Team }, { keptMembership, wasShared }] = await Promise.all([
		import('$lib/sync/team.svelte'),
		import('$lib/sync/kept')
	]);
	const membership = (await wasShared(namespace)) ? await keptMembership(namespace) : undefined;
	const team = new Team(namespace, workspace.doc, membership, () =>
		workspace.setViewer(team.role === 'viewer')
	);
	workspace.setViewer(team.role === 'viewer');
	return team;
};

const options = () => ({
	by: authorHere,
	device: deviceId(),
	// Begun on another device, or shared since: what a team has decided must not meet a beginning of this one.
	joining: currentWorkspace().isJoined || isShared(currentWorkspace().namespace),
	zone: Intl.DateTimeFormat().resolvedOptions().timeZone
});
