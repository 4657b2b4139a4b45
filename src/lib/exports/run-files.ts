import { openSink, sweep, type Sink } from './sink';

/** Where a file goes: on the browser's own disk. */
export interface ExportPlace {
	readonly folder: string;
	readonly name: string;
}

export type Exported =
	/** `bytes` is the size of the file; `blob` is there if it could not be kept on the browser's own disk. */
	| {
			readonly status: 'done';
			readonly rows: number;
			readonly bytes: number;
			readonly blob: Blob | undefined;
	  }
	| { readonly status: 'cancelled' }
	| { readonly status: 'diskFull' };

/** A file under way. Its work looks at `cancelled` between two slices, and then ends early. */
export interface FileJob {
	cancelled: boolean;
}

/** How long a finished file is kept for the page that asked for it to be saved, in milliseconds. */
const keptFor = 10 * 60_000;

/** The files that are being written, whatever is in them. Nothing is left of one that was not finished. */
export class FileRuns {
	readonly #running = new Map<string, FileJob>();
	readonly #finished = new Map<string, number>();

	/** `write` gives the number of rows. What it writes to is there from the beginning, and empty. */
	async run(
		{ folder, name }: ExportPlace,
		write: (sink: Sink, job: FileJob) => Promise<number>
	): Promise<Exported> {
		const job: FileJob = { cancelled: false };
		this.#running.set(name, job);
		let sink: Sink | undefined;
		try {
			const now = performance.now();
			const isKept = (name: string) => now - (this.#finished.get(name) ?? -Infinity) < keptFor;
			await sweep(folder, (name) => this.#running.has(name) || isKept(name));
			sink = await openSink(folder, name);
			const rows = await write(sink, job);
			await turn();
			if (job.cancelled) {
				await sink.discard();
				return { status: 'cancelled' };
			}
			const blob = await sink.finish();
			this.#finished.set(name, performance.now());
			return { status: 'done', rows, bytes: sink.bytes, blob };
		} catch (error) {
			await sink?.discard();
			if (error instanceof DOMException && error.name === 'QuotaExceededError')
				return { status: 'diskFull' };
			throw error;
		} finally {
			this.#running.delete(name);
		}
	}

	/** One that is over already stays as it is. */
	cancel(name: string): void {
		const job = this.#running.get(name);
		if (job) job.cancelled = true;
	}
}

/** Lets messages in: without it a cancel would wait for the end. It is a message itself; a timer takes 4 ms at least. */
export const turn = () =>
	new Promise<void>((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(undefined);
	});
