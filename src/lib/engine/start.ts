import type {
	EngineInfo,
	FailureReason,
	StartStep,
	Starting,
	WorkerSays,
	WorkerStart
} from './protocol';

/** Milliseconds of silence after which an engine is slow, and after which it is late. */
export const SLOW = 5_000;
export const LATE = 30_000;

export type Outcome =
	| { readonly ok: true; readonly info: EngineInfo }
	| {
			readonly ok: false;
			readonly reason: FailureReason;
			readonly message: string;
			/** The store holds a workspace: it must not be opened on another one. */
			readonly existing: boolean;
			/** It said nothing for as long as it was waited for, and may only be slow. */
			readonly silent: boolean;
	  };

export interface StartListener {
	onstep(starting: Starting): void;
	onslow(step: StartStep): void;
	/** It is waited for further: the outcome may still be good. */
	onlate(step: StartStep): void;
}

/**
 * Starts a worker on one store and waits for it. A hung worker cannot time itself, so the clock is here; every sign of
 * life sets it back. While a *new* workspace is being opened, `patience` milliseconds of silence are a failure of its
 * store. Everything else (a download, the previous worker's end, an existing workspace) is told as slow, then as late,
 * and waited for.
 */
export function startWorker(
	worker: Worker,
	start: WorkerStart,
	on: StartListener,
	patience: number = SLOW
): Promise<Outcome> {
	return new Promise((resolve) => {
		let step: StartStep = 'waiting';
		let existing = start.kept;
		let slow: ReturnType<typeof setTimeout>;
		let late: ReturnType<typeof setTimeout>;
		let given: ReturnType<typeof setTimeout>;

		const stop = () => (clearTimeout(slow), clearTimeout(late), clearTimeout(given));
		const end = (outcome: Outcome) => {
			stop();
			worker.removeEventListener('message', hear);
			worker.removeEventListener('error', onerror);
			resolve(outcome);
		};
		const fail = (reason: FailureReason, message: string, silent = false) =>
			end({ ok: false, reason, message, existing, silent });
		const isTheStores = () => (step === 'opening' || step === 'upgrading') && !existing;
		const rearm = () => {
			stop();
			given = setTimeout(() => {
				if (isTheStores()) fail('storage', 'It did not answer.', true);
			}, patience);
			slow = setTimeout(() => on.onslow(step), SLOW);
			late = setTimeout(() => on.onlate(step), LATE);
		};
		const hear = ({ data }: MessageEvent<WorkerSays>) => {
			if (data.type === 'ready') return end({ ok: true, info: data.info });
			if (data.type === 'failed') return fail(data.reason, data.message);
			if (data.type === 'found') existing ||= data.existing;
			if (data.type === 'step') {
				const { type: _, ...heard } = data;
				step = heard.step;
				on.onstep({ status: 'starting', ...heard });
			}
			rearm();
		};
		// The worker's script did not arrive, or does not run here.
		const onerror = (event: ErrorEvent) => fail('download', event.message || 'No worker.');

		worker.addEventListener('message', hear);
		worker.addEventListener('error', onerror);
		rearm();
		worker.postMessage(start);
	});
}
