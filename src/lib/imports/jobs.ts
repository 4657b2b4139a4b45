import type { Publish } from '$lib/engine/protocol';

export type ImportStep = 'reading' | 'checking' | 'writing' | 'finishing';

/** Something long that can be stopped from outside. Its work looks at `cancelled` between its parts. */
export interface Job {
	readonly id: string;
	cancelled: boolean;
	tell(done: number, total: number, step: ImportStep): void;
}

/** Milliseconds between two messages of progress. */
const pace = 100;

/** One import at a time. A dry run gives way to whatever comes after it; an import is not interrupted. */
export class Jobs {
	readonly #publish: Publish;
	readonly #clock: () => number;
	/** Under way, or waiting for its turn. */
	readonly #asked = new Set<Job>();
	#current: { job: Job; gives: boolean; over: Promise<unknown> } | undefined;

	constructor(publish: Publish, clock: () => number) {
		this.#publish = publish;
		this.#clock = clock;
	}

	/** Does the work when it is its turn; `undefined` when an import is under way. */
	async run<T>(
		id: string,
		{ gives }: { gives: boolean },
		work: (job: Job) => Promise<T>
	): Promise<T | undefined> {
		const job: Job = { id, cancelled: false, tell: this.#teller(id) };
		this.#asked.add(job);
		try {
			while (this.#current) {
				if (!this.#current.gives) return;
				this.#current.job.cancelled = true;
				await this.#current.over;
			}
			return await this.#begin(job, gives, work);
		} finally {
			this.#asked.delete(job);
		}
	}

	async #begin<T>(job: Job, gives: boolean, work: (job: Job) => Promise<T>): Promise<T> {
		const { promise, resolve } = pending();
		this.#current = { job, gives, over: promise };
		try {
			return await work(job);
		} finally {
			this.#current = undefined;
			resolve();
		}
	}

	/** One that waits for its turn begins as cancelled. Nothing happens if it is over. */
	cancel(id: string): void {
		for (const job of this.#asked) if (job.id === id) job.cancelled = true;
	}

	#teller(job: string): Job['tell'] {
		let last = -Infinity;
		let lastStep: ImportStep | undefined;
		return (done, total, step) => {
			const now = this.#clock();
			if (step === lastStep && done < total && now - last < pace) return;
			last = now;
			lastStep = step;
			this.#publish({ type: 'progress', job, done, total, step });
		};
	}
}

/** `Promise.withResolvers` is not in Node 20. */
function pending(): { promise: Promise<void>; resolve: () => void } {
	let resolve = () => {};
	const promise = new Promise<void>((done) => (resolve = done));
	return { promise, resolve };
}
