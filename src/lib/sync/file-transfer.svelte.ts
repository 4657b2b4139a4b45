import type { Result } from '$lib/result';
import type { HandOffFailure, OnProgress } from './hand-off';

export type TransferState<T> =
	| { readonly status: 'idle' }
	/** Bytes. */
	| { readonly status: 'running'; readonly done: number; readonly total: number }
	| { readonly status: 'done'; readonly value: T }
	/** It goes on where it stopped when it is run again. */
	| { readonly status: 'failed'; readonly failure: HandOffFailure };

/** A file on its way, in one direction: how far it is, and the way to stop it. */
export class FileTransfer<T> {
	readonly #work: (
		signal: AbortSignal,
		onprogress: OnProgress
	) => Promise<Result<T, HandOffFailure>>;
	#state = $state.raw<TransferState<T>>({ status: 'idle' });
	#stopping = new AbortController();
	/** A run that was cancelled may still wait for a part. */
	#last: Promise<unknown> = Promise.resolve();

	constructor(
		work: (signal: AbortSignal, onprogress: OnProgress) => Promise<Result<T, HandOffFailure>>
	) {
		this.#work = work;
	}

	get state(): TransferState<T> {
		return this.#state;
	}

	/** Gives what came of it, unless it was cancelled or failed. */
	async run(): Promise<T | undefined> {
		if (this.#state.status === 'running') return;
		this.#stopping = new AbortController();
		const { signal } = this.#stopping;
		this.#state = { status: 'running', done: 0, total: 1 };
		const running = this.#last.then(() =>
			this.#work(signal, (done, total) => {
				if (!signal.aborted) this.#state = { status: 'running', done, total };
			})
		);
		this.#last = running;
		const outcome = await running;
		if (signal.aborted) return;
		this.#state = outcome.ok
			? { status: 'done', value: outcome.value }
			: { status: 'failed', failure: outcome.error };
		return outcome.ok ? outcome.value : undefined;
	}

	/** What it is worth to keep is kept for the next `run`. */
	cancel(): void {
		this.#stopping.abort();
		this.#state = { status: 'idle' };
	}
}
