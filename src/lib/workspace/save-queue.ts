import { failureOf, type StoreFailure } from './storage-database';

/**
 * Whether what a person did is on this device's disk. `waiting` counts the changes that are not; they are tried again
 * by themselves, ever less often, and at once with the next edit or when asked.
 */
export type SaveState =
	| { readonly status: 'saved' }
	| { readonly status: 'saving' }
	| { readonly status: 'failed'; readonly failure: StoreFailure; readonly waiting: number };

export interface SaveQueue {
	readonly state: SaveState;
	subscribe(listen: () => void): () => void;
	add(update: Uint8Array): void;
	/**
	 * The database is gone, maybe with all that was in it. It comes back by itself if the browser closed it, but not if
	 * somebody wants it deleted: then the next edit, or `flush`, makes it anew.
	 */
	lost(why: 'closed' | 'wanted'): void;
	/** Tries at once. Resolves when all is saved or something has failed. */
	flush(): Promise<void>;
	/** Tries a last time, and no more after that. */
	stop(): Promise<void>;
}

const [firstRetry, lastRetry] = [1_000, 30_000];

/**
 * Changes on their way to disk: kept here until `append` has resolved. After a loss `whole` is stored instead of the
 * changes, which are worth nothing without what they change.
 */
export function saveQueue(
	append: (updates: readonly Uint8Array[]) => Promise<void>,
	whole: () => Uint8Array
): SaveQueue {
	let state: SaveState = { status: 'saved' };
	let queue: readonly Uint8Array[] = [];
	let wholeIsDue = false;
	let flushing: Promise<void> | undefined;
	let stopped = false;
	let retryDelay = firstRetry;
	let retryTimer: ReturnType<typeof setTimeout> | undefined;
	const listeners = new Set<() => void>();

	const become = (next: SaveState) => {
		state = next;
		for (const listen of listeners) listen();
	};

	const flush = async (): Promise<void> => {
		if (queue.length > 0 || wholeIsDue) await (flushing ??= flushAll());
	};

	const flushAll = async () => {
		clearTimeout(retryTimer);
		let failure: StoreFailure | undefined;
		while ((queue.length > 0 || wholeIsDue) && !failure) {
			const batch = queue;
			const all = wholeIsDue;
			try {
				await append(all ? [whole()] : batch);
				queue = queue.slice(batch.length);
				if (all) wholeIsDue = false;
			} catch (error) {
				failure = failureOf(error);
			}
		}
		// At once, not when the promise resolves: an edit in between would wait for a flush that looks no more.
		flushing = undefined;
		if (failure) return failed(failure, true);
		retryDelay = firstRetry;
		become({ status: 'saved' });
	};

	const failed = (failure: StoreFailure, again: boolean) => {
		if (failure.type === 'lost') wholeIsDue = true;
		become({ status: 'failed', failure, waiting: queue.length });
		if (!again || stopped) return;
		clearTimeout(retryTimer);
		retryTimer = setTimeout(() => void flush(), retryDelay);
		retryDelay = Math.min(retryDelay * 2, lastRetry);
	};

	return {
		get state() {
			return state;
		},
		subscribe(listen) {
			listeners.add(listen);
			return () => listeners.delete(listen);
		},
		add(update) {
			queue = [...queue, update];
			// "Not saved" stays until it is saved: hopping to "Saving" with each key would hide it.
			if (state.status === 'failed') become({ ...state, waiting: queue.length });
			else if (state.status === 'saved') become({ status: 'saving' });
			void flush();
		},
		lost: (why) => failed({ type: 'lost', message: `The database was ${why}` }, why === 'closed'),
		flush,
		async stop() {
			stopped = true;
			await flush();
			clearTimeout(retryTimer);
		}
	};
}
