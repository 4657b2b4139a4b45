export type Answer<T> =
	| { readonly status: 'pending'; readonly previous: T | undefined }
	| { readonly status: 'ready'; readonly value: T }
	| { readonly status: 'failed'; readonly error: unknown; readonly previous: T | undefined };

/**
 * The latest answer to an async question about reactive state. A newer question aborts an older one, whose answer is
 * dropped; the previous answer stays readable until the new one comes. A question of `undefined` is not asked.
 */
export class Latest<Q, A> {
	#answer = $state.raw<Answer<A>>({ status: 'pending', previous: undefined });
	#again = $state(0);

	constructor(
		question: () => Q | undefined,
		ask: (question: Q, signal: AbortSignal) => Promise<A>
	) {
		let previous: A | undefined;

		$effect(() => {
			void this.#again;
			const asked = question();
			const controller = new AbortController();
			const { signal } = controller;
			this.#answer = { status: 'pending', previous };
			if (asked === undefined) return;
			ask(asked, signal).then(
				(value) => {
					if (signal.aborted) return;
					previous = value;
					this.#answer = { status: 'ready', value };
				},
				(error: unknown) => {
					if (!signal.aborted) this.#answer = { status: 'failed', error, previous };
				}
			);
			return () => controller.abort();
		});
	}

	get current(): Answer<A> {
		return this.#answer;
	}

	/** The newest answer there is, also while a newer one is on its way. */
	get value(): A | undefined {
		return this.#answer.status === 'ready' ? this.#answer.value : this.#answer.previous;
	}

	/** Whether `value` answers the present question. */
	get fresh(): boolean {
		return this.#answer.status === 'ready';
	}

	/** Asks the same question again: after a failure, or when a person wants it. */
	retry(): void {
		this.#again++;
	}
}
