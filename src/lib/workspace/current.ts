import { namespaceOf } from '$lib/engine/namespace';
import { isShared } from '$lib/sync/kept';

/** The person's own workspace, the sample beside it, or a team's, by its id. */
export type WorkspaceChoice = 'main' | 'sample' | `team:${string}`;

export interface CurrentWorkspace {
	/** The prefix of everything this workspace keeps in this browser. */
	readonly namespace: string;
	readonly choice: WorkspaceChoice;
	/** The sample that goes when it is left, not one that was shared. */
	readonly isSample: boolean;
	/** It was begun on another device: what is in it comes from the relay. */
	readonly isJoined: boolean;
}

let opened: CurrentWorkspace | undefined;

/** Which workspace this page was opened with. Another needs a reload. */
export function currentWorkspace(): CurrentWorkspace {
	if (opened) return opened;
	const choice = chosenWorkspace();
	opened = {
		namespace: namespaceFor(choice),
		choice,
		isSample: choice === 'sample' && !isSampleKept(),
		isJoined: choice.startsWith('team:')
	};
	return opened;
}

/** The prefix of everything that a workspace keeps in this browser. */
export function namespaceFor(choice: WorkspaceChoice): string {
	const own = ownNamespace();
	if (choice === 'main') return own;
	return choice === 'sample' ? `${own}-sample` : `${own}-${choice.replace(':', '-')}`;
}

const ownNamespace = (): string => namespaceOf(new URL('.', document.baseURI).pathname);

/** localStorage: which workspace is opened next. `winnow:workspace`, or with the folder of the copy. */
export const choiceKey = (): string => `${ownNamespace()}:workspace`;

export function chosenWorkspace(): WorkspaceChoice {
	try {
		const kept = localStorage.getItem(choiceKey()) ?? '';
		if (kept === 'sample') return kept;
		const team = /^team:(\w+)$/.exec(kept)?.[1];
		return team === undefined ? 'main' : `team:${team}`;
	} catch {
		return 'main'; // storage is refused, so nothing was chosen
	}
}

/** Goes over to another workspace. Ends in a reload of the page, and of all other tabs. */
export function chooseWorkspace(choice: WorkspaceChoice): void {
	localStorage.setItem(choiceKey(), choice);
	location.reload();
}

/** localStorage: the sample is no longer one. Deleted with all else of its namespace. */
const keptKey = (): string => `${namespaceFor('sample')}:kept`;

/** The sample was shared with others: from then on it is a workspace like any other, also once nobody shares it any more. */
export function isSampleKept(): boolean {
	try {
		return localStorage.getItem(keptKey()) !== null || isShared(namespaceFor('sample'));
	} catch {
		return false; // storage is refused, so nothing was kept
	}
}

export const keepSample = (): void => localStorage.setItem(keptKey(), 'yes');

/** localStorage: what a workspace is called, for when another is open. Deleted with all else of its namespace. */
const nameKey = (namespace: string): string => `${namespace}:name`;

export function keepName(namespace: string, name: string): void {
	try {
		localStorage.setItem(nameKey(namespace), name);
	} catch {
		// Storage is refused or full: it goes by another name in the list then.
	}
}

/** A workspace that this browser has, as it was called when it was last open. */
export interface KnownWorkspace {
	readonly choice: WorkspaceChoice;
	readonly name: string | undefined;
}

/** The name of the IndexedDB database that has a workspace's document. */
export const documentDatabase = (namespace: string): string => `winnow-workspace:${namespace}`;

/**
 * The person's own and those of teams, also of such that were left, and what was the sample before it was shared; the own
 * one first. They are found by their documents:
 * a browser that is killed may have lost the last minute of its localStorage.
 */
export async function knownWorkspaces(): Promise<readonly KnownWorkspace[]> {
	const databases = await indexedDB.databases().catch(() => []);
	const ofTeams = documentDatabase(`${ownNamespace()}-team-`);
	const ids = databases.flatMap(({ name }) =>
		name?.startsWith(ofTeams) ? [name.slice(ofTeams.length)] : []
	);
	const teams = ids.sort().map((id) => `team:${id}` as const);
	const shared = isSampleKept() ? (['sample'] as const) : [];
	return (['main', ...shared, ...teams] as const).map((choice) => ({
		choice,
		name: localStorage.getItem(nameKey(namespaceFor(choice))) ?? undefined
	}));
}
