import { keepError } from '$lib/errors';
import { keepStore, keptStore } from './kept-store';
import {
	stores,
	type EngineInfo,
	type EngineState,
	type FailureReason,
	type StartStep,
	type Store,
	type WorkerSays
} from './protocol';
import { LATE, SLOW, startWorker, type Outcome } from './start';

/** More breakdowns than this in a minute, and the database is not started again by itself. */
const BREAKDOWNS = 3;

export interface LeadListener {
	onwait(state: EngineState): void;
	onready(info: EngineInfo, worker: Worker): void;
	onfail(reason: FailureReason, message: string): void;
	/** The database broke down; it is being started again. */
	onbreakdown(message: string): void;
}

export interface Leading {
	/** Ends the worker, whatever it does, and starts another. */
	restart(): void;
	stop(): void;
}

/** Owns the worker: starts it on the right store, and again when it breaks down. */
export function lead(namespace: string, spawn: () => Worker, on: LeadListener): Leading {
	let worker: Worker | undefined;
	let breakdowns: number[] = [];
	void serve();

	return {
		restart() {
			breakdowns = [];
			void serve();
		},
		stop() {
			worker?.terminate();
			worker = undefined;
		}
	};

	/**
	 * The store that has the workspace, or for a new one the first that works. Where all are silent, the device may be too
	 * slow for the first patience: those are tried once more, with more of it, and from the beginning.
	 */
	async function serve(): Promise<void> {
		const kept = keptStore(namespace);
		const refused: string[] = [];
		let trying: readonly Store[] = kept ? [kept] : stores;
		for (const patience of [SLOW, LATE]) {
			const silent: Store[] = [];
			for (const store of trying) {
				const started = await startOn(store, kept !== null, patience, patience !== SLOW);
				if (!started) return; // restarted or stopped meanwhile
				const { outcome, worker } = started;
				if (outcome.ok) {
					keepStore(namespace, store);
					watch(worker);
					return on.onready(outcome.info, worker);
				}
				worker.terminate();
				refused.push(`${store}: ${outcome.message}`);
				keepError('store', new Error(refused.at(-1)));
				// Never another store for what is there: it would look like an empty workspace.
				if (outcome.existing || outcome.reason !== 'storage')
					return on.onfail(outcome.reason, outcome.message);
				if (outcome.silent) silent.push(store);
			}
			trying = silent;
		}
		on.onfail('storage', refused.join('\n'));
	}

	async function startOn(
		store: Store,
		kept: boolean,
		patience: number,
		anew: boolean
	): Promise<{ outcome: Outcome; worker: Worker } | undefined> {
		worker?.terminate();
		const mine = (worker = spawn());
		const ifMine =
			<T>(tell: (heard: T) => void) =>
			(heard: T) => {
				if (mine === worker) tell(heard);
			};
		on.onwait({ status: 'starting', step: 'waiting' });
		const epoch = crypto.randomUUID();
		const outcome = await startWorker(
			mine,
			{ type: 'start', namespace, epoch, store, kept, anew },
			{
				onstep: ifMine(on.onwait),
				onslow: ifMine((step: StartStep) => on.onwait({ status: 'slow', step })),
				onlate: ifMine((step: StartStep) => on.onfail('late', `No answer for 30 s (${step}).`))
			},
			patience
		);
		return mine === worker ? { outcome, worker: mine } : undefined;
	}

	function watch(mine: Worker): void {
		mine.addEventListener('message', ({ data }: MessageEvent<Partial<WorkerSays>>) => {
			if (data.type === 'trouble') reportError(new Error(data.message));
			if (data.type === 'dead' && mine === worker) breakDown(data.message ?? '');
		});
	}

	function breakDown(message: string): void {
		const now = performance.now();
		breakdowns = [...breakdowns.filter((at) => now - at < 60_000), now];
		if (breakdowns.length > BREAKDOWNS) {
			worker?.terminate();
			return on.onfail('dead', message);
		}
		on.onbreakdown(message);
		void serve();
	}
}
