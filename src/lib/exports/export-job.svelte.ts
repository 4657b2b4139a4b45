import type { App } from '$lib/app.svelte';
import type { Rule } from '$lib/rules/rule';
import { dayAt } from '$lib/time/zone';
import { headerOf, type ExportDefinition } from './columns';
import { fileNameOf } from './file-name';
import { fileWriter } from './format';
import type { ExportAsk } from './run';
import type { ExportPlace } from './run-files';
import { fileOf } from './save';

export type JobState =
	| { readonly status: 'idle' }
	/** `total` is unknown while the members are counted. */
	| { readonly status: 'running'; readonly done: number; readonly total: number | undefined }
	| { readonly status: 'done'; readonly rows: number; readonly file: File }
	| { readonly status: 'failed'; readonly message: string };

/** One file of a segment's members, from the first count to the finished file. */
export class ExportJob {
	readonly #app: App;
	readonly #folder: string;
	readonly #clock: () => number;
	#state = $state.raw<JobState>({ status: 'idle' });
	#name = '';

	/** `folder` is where the worker writes. */
	constructor(app: App, folder: string, clock: () => number = Date.now) {
		this.#app = app;
		this.#folder = folder;
		this.#clock = clock;
	}

	get state(): JobState {
		return this.#state;
	}

	/** Counts anew, then writes those in the rule. Gives the file, unless it was cancelled or failed. */
	async run(
		segment: string,
		rule: Rule,
		{ columns, format }: ExportDefinition
	): Promise<File | undefined> {
		const app = this.#app;
		const place: ExportPlace = { folder: this.#folder, name: crypto.randomUUID() };
		this.#name = place.name;
		this.#state = { status: 'running', done: 0, total: undefined };
		const stop = app.engine.onnews((news) => {
			if (news.type !== 'progress' || news.job !== this.#name) return;
			this.#state = { status: 'running', done: news.done, total: news.total };
		});
		try {
			const { fields, tags, lists } = app.definitions;
			// The page counts for a minute with the same `now`; a file is of the moment it is asked for.
			const moment = { ...app.moment, now: this.#clock() };
			const named = columns.map((column) => ({ ...column, header: headerOf(column, fields) }));
			const ask: ExportAsk = { rule, moment, columns: named, names: { fields, tags, lists } };
			const done = await app.engine.callWith(
				{ deadline: null },
				'exportMembers',
				place,
				ask,
				format
			);
			if (this.#name !== place.name) return; // cancelled, too late for the worker
			if (done.status === 'diskFull') return this.#fail(diskFull);
			if (done.status === 'cancelled') return this.#fail('It was stopped elsewhere.');
			const day = dayAt(moment.now, moment.zone);
			const { extension, mime } = fileWriter(format);
			const file = await fileOf(done, place, fileNameOf(segment, day, extension), mime);
			this.#state = { status: 'done', rows: done.rows, file };
			return file;
		} catch (error) {
			if (this.#name === place.name) return this.#fail(describe(error));
		} finally {
			stop();
		}
	}

	/** Gives it up at once; the worker clears away what it wrote. */
	cancel(): void {
		if (this.#state.status !== 'running') return;
		// If there is no worker to hear it, there is no export either.
		this.#app.ask('cancelExport', this.#name).catch(() => undefined);
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

const diskFull =
	'There is no room left for the file in this browser. Free some space and try again.';

const describe = (error: unknown): string =>
	`The file was not finished: ${error instanceof Error ? error.message : String(error)}`;
