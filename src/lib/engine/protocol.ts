/** What pages, tabs and the worker say to each other, apart from the calls themselves (`EngineApi`). */

/** Where a workspace's data lives in this browser, best first. Chosen once, when the workspace is made. */
export const stores = ['opfs-ahp', 'memfs2opfs', 'idb'] as const;
export type Store = (typeof stores)[number];

/** How far a workspace may grow on its store, or null where only the disk limits it. */
export function limitsOf(store: Store): { contacts: number; events: number } | null {
	// The fall-backs hold the whole database in memory.
	return store === 'opfs-ahp' ? null : { contacts: 100_000, events: 1_000_000 };
}

export type StartStep = 'waiting' | 'download' | 'opening' | 'upgrading';

/** `loaded` and `total` in bytes, while downloading. */
export interface Starting {
	readonly status: 'starting';
	readonly step: StartStep;
	readonly loaded?: number;
	readonly total?: number;
}

/**
 * - `storage`: no store of this browser took the data, or the one that has it refused
 * - `download`: the engine's files did not arrive
 * - `schema`: the data could not be brought to this version
 * - `other`: a tab with another version of the app has the database, which may mean something else by the same question
 * - `newer`: the data was made by a newer version of the app, and must not be written to by this one
 * - `late`: no answer for 30 s; it may still come, and the state is then `ready`
 * - `dead`: the database broke down again and again
 * - `closed`: this tab has let go of it
 */
export type FailureReason =
	'storage' | 'download' | 'schema' | 'other' | 'newer' | 'late' | 'dead' | 'closed';

export type EngineState =
	| Starting
	/** It takes longer than it should: nothing was heard for 5 s. */
	| { readonly status: 'slow'; readonly step: StartStep }
	| { readonly status: 'ready'; readonly info: EngineInfo }
	| { readonly status: 'failed'; readonly reason: FailureReason; readonly message: string };

export interface EngineInfo {
	/** One run of the worker. */
	readonly epoch: string;
	readonly store: Store;
	/** The database was made just now. */
	readonly cold: boolean;
	/** There was a workspace on this store, and the browser has thrown its data away. */
	readonly lost: boolean;
	/** Milliseconds from the start of the worker to the end of each step. */
	readonly ms: Readonly<Partial<Record<StartStep, number>>>;
}

/** What the worker tells every tab, unasked. */
export type EngineNews =
	| { readonly type: 'changed'; readonly tables: readonly string[]; readonly version: number }
	/** It was noted that somebody entered or left these segments; `counts`: that may have changed who other rules hold for. */
	| { readonly type: 'moved'; readonly segments: readonly string[]; readonly counts: boolean }
	| {
			readonly type: 'progress';
			readonly job: string;
			readonly done: number;
			readonly total?: number;
			readonly step?: string;
	  }
	/** The database broke down, or a person stopped it, and was started again. */
	| { readonly type: 'restarted'; readonly message: string };

export type Publish = (news: EngineNews) => void;

export interface WorkerStart {
	readonly type: 'start';
	/** Prefix of all names this workspace uses: locks, channels, files. */
	readonly namespace: string;
	readonly epoch: string;
	readonly store: Store;
	/** A workspace was opened on this store before. */
	readonly kept: boolean;
	/** It was not there a moment ago: what is there now was left half made by a worker that was given up. */
	readonly anew: boolean;
}

export type WorkerSays =
	| (Omit<Starting, 'status'> & { readonly type: 'step' })
	/** Whether the store holds a workspace already. */
	| { readonly type: 'found'; readonly existing: boolean }
	| { readonly type: 'ready'; readonly info: EngineInfo }
	| { readonly type: 'failed'; readonly reason: FailureReason; readonly message: string }
	/** The database broke down and answers nothing any more. */
	| { readonly type: 'dead'; readonly message: string }
	/** A promise nobody waited for was rejected in the worker. */
	| { readonly type: 'trouble'; readonly message: string };

/** Between tabs. Only the leading tab says `state`, with the version of the app it is of, and `restarting`. */
export type TabSays =
	| { readonly type: 'who' }
	| { readonly type: 'state'; readonly state: EngineState; readonly version: string }
	| { readonly type: 'recycle' }
	| { readonly type: 'restarting' };

/** Channels, locks and places of a workspace, and what each is for. */
export const names = (namespace: string) => ({
	/** Lock: who holds it owns the worker. */
	leader: `${namespace}:leader`,
	/** Lock: held by a worker until it is really gone, with its file handles. */
	files: `${namespace}:files`,
	/** Channel among tabs. */
	tabs: `${namespace}:tabs`,
	/** Channel from the worker to all tabs. */
	news: `${namespace}:news`,
	/** Channel from the tabs that follow to the worker of one epoch. */
	ask: (epoch: string) => `${namespace}:ask:${epoch}`,
	/** Channel from the worker to one tab, so that nobody hears another's rows. */
	answer: (tab: string) => `${namespace}:answer:${tab}`,
	/** localStorage: the store that holds the workspace. */
	store: `${namespace}:store`,
	/** Folder of the browser's own disk: columns of the database, which can all be read from it again. */
	mirrors: `${namespace}-mirrors`
});
