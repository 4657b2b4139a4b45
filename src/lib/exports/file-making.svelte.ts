import type { App } from '$lib/app.svelte';
import type { Exported, ExportPlace } from './run-files';

export type MakingState =
	| { readonly status: 'idle' }
	/** `total` is unknown while it is counted what there is to write. */
	| { readonly status: 'running'; readonly done: number; readonly total: number | undefined }
	| { readonly status: 'done'; readonly rows: number; readonly file: File }
	| { readonly status: 'failed'; readonly message: string };

/** How the worker hears that a file need not be written. */
type Cancelling = 'cancelExport' | 'cancelWorkspaceFile' | 'cancelHandOver';

/** One file that the worker writes, whatever is in it: how far it is, and the finished file. */
export class FileMaking {
	readonly #app: App;
	readonly #folder: string;
	readonly #cancelling: Cancelling;
	#state = $state.raw<MakingState>({ status: 'idle' });
	#name = '';

	/** `folder` is where the worker writes, `cancelling` how it hears that it need not. */
	constructor(app: App, folder: string, cancelling: Cancelling) {
		this.#app = app;
		this.#folder = folder;
		this.#cancelling = cancelling;
	}

	get state(): MakingState {
		return this.#state;
	}

	/** Has it written, then taken from where it is. Gives the file, unless it was cancelled or failed. */
	async run<E extends Exported>(
		write: (place: ExportPlace) => Promise<E>,
		take: (done: Extract<E, { status: 'done' }>, place: ExportPlace) => Promise<File>
	): Promise<File | undefined> {
		const place: ExportPlace = { folder: this.#folder, name: crypto.randomUUID() };
		this.#name = place.name;
		this.#state = { status: 'running', done: 0, total: undefined };
		const stop = this.#app.engine.onnews((news) => {
			if (news.type !== 'progress' || news.job !== this.#name) return;
			this.#state = { status: 'running', done: news.done, total: news.total };
		});
		try {
			const done = await write(place);
			if (this.#name !== place.name) return; // cancelled, too late for the worker
			if (!isDone(done)) return this.#fail(whyNot(done));
			const file = await take(done, place);
			this.#state = { status: 'done', rows: done.rows, file };
			return file;
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			if (this.#name === place.name) return this.#fail(`The file was not finished: ${message}`);
		} finally {
			stop();
		}
	}

	/** Gives it up at once; the worker clears away what it wrote. */
	cancel(): void {
		if (this.#state.status !== 'running') return;
		// If there is no worker to hear it, nothing is being written either.
		this.#app.ask(this.#cancelling, this.#name).catch(() => undefined);
		this.#name = '';
		this.#state = { status: 'idle' };
	}

	/** Back to the beginning, to write another. */
	reset(): void {
		if (this.#state.status !== 'running') this.#state = { status: 'idle' };
	}

	#fail(message: string): undefined {
		this.#state = { status: 'failed', message };
	}
}

const isDone = <E extends Exported>(exported: E): exported is Extract<E, { status: 'done' }> =>
	exported.status === 'done';

const whyNot = ({ status }: Exported): string =>
	status === 'diskFull'
		? 'There is no room left for the file in this browser. Free some space and try again.'
		: 'It was stopped elsewhere.';
