import type { App } from '$lib/app.svelte';
import { fileNameOf } from '$lib/exports/file-name';
import type { ExportPlace } from '$lib/exports/run-files';
import { fileOf } from '$lib/exports/save';
import { dayAt } from '$lib/time/zone';
import { portableWorkspace } from './workspace';

export type SavingState =
	| { readonly status: 'idle' }
	| { readonly status: 'running'; readonly done: number; readonly total: number | undefined }
	/** `rows` are contacts, events and what is noted about them. */
	| { readonly status: 'done'; readonly rows: number; readonly file: File }
	| { readonly status: 'failed'; readonly message: string };

/** Saving the workspace as a file. */
export class WorkspaceSaving {
	readonly #app: App;
	readonly #folder: string;
	readonly #clock: () => number;
	#state = $state.raw<SavingState>({ status: 'idle' });
	#name = '';

	/** `folder` is where the worker writes. */
	constructor(app: App, folder: string, clock: () => number = Date.now) {
		this.#app = app;
		this.#folder = folder;
		this.#clock = clock;
	}

	get state(): SavingState {
		return this.#state;
	}

	/** Gives the file, unless it was cancelled or failed. Without `people` it has the definitions alone. */
	async run(people: boolean): Promise<File | undefined> {
		const { engine, workspace: from } = this.#app;
		const place: ExportPlace = { folder: this.#folder, name: crypto.randomUUID() };
		const now = this.#clock();
		this.#name = place.name;
		this.#state = { status: 'running', done: 0, total: undefined };
		const stop = engine.onnews((news) => {
			if (news.type !== 'progress' || news.job !== this.#name) return;
			this.#state = { status: 'running', done: news.done, total: news.total };
		});
		try {
			const { settings, definitions, segments } = from;
			const workspace = portableWorkspace(settings, definitions, segments);
			const done = await engine.callWith({ deadline: null }, 'saveWorkspaceFile', place, {
				...{ workspace, people },
				made: new Date(now).toISOString()
			});
			if (this.#name !== place.name) return; // cancelled, too late for the worker
			if (done.status === 'diskFull') return this.#fail(diskFull);
			if (done.status === 'cancelled') return this.#fail('It was stopped elsewhere.');
			const name = fileNameOf(settings.name, dayAt(now, settings.zone), `.${done.form}`);
			const file = await fileOf(done, place, name, 'application/json');
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
		this.#app.ask('cancelWorkspaceFile', this.#name).catch(() => undefined);
		this.#name = '';
		this.#state = { status: 'idle' };
	}

	#fail(message: string): undefined {
		this.#state = { status: 'failed', message };
	}
}

const diskFull =
	'There is no room left for the file in this browser. Free some space and try again.';
