import type { App } from '$lib/app.svelte';
import { adopt } from './adopt';
import { saysDiskFull, type FileRefusal } from './file/refusal';
import { pendingFile } from './pending.svelte';
import type { ImportReport } from './report';
import type { ImportPlan } from './run';
import { Pace, type Progress } from './pace';

export type RunState =
	| { readonly status: 'idle' }
	| {
			readonly status: 'running';
			readonly file: string;
			readonly plan: ImportPlan;
			readonly progress: Progress | undefined;
			readonly cancelling: boolean;
	  }
	| {
			readonly status: 'done';
			readonly file: string;
			readonly plan: ImportPlan;
			readonly report: ImportReport;
			/** What was brought meanwhile, and waits for its turn. */
			readonly next: File | undefined;
	  }
	| { readonly status: 'cancelled'; readonly file: string }
	| { readonly status: 'refused'; readonly file: string; readonly refusal: FileRefusal }
	| { readonly status: 'failed'; readonly file: string; readonly message: string };

/** The import that is under way, or was last. It goes on when its page is left. */
export class ImportRunner {
	#state = $state.raw<RunState>({ status: 'idle' });
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	get state(): RunState {
		return this.#state;
	}

	/** Imports a file, and brings what it defines into the workspace. */
	async run(file: File, plan: ImportPlan): Promise<RunState> {
		const { engine } = this.#app;
		const running = {
			status: 'running',
			file: file.name,
			plan,
			progress: undefined,
			cancelling: false
		} as const;
		this.#state = running;
		const pace = new Pace();
		const stop = engine.onnews((news) => {
			if (news.type !== 'progress' || news.job !== plan.id || this.#state.status !== 'running')
				return;
			this.#state = { ...this.#state, progress: pace.at(news, performance.now()) };
		});
		try {
			const outcome = await engine.callWith({ deadline: null }, 'runImport', file, plan);
			if (outcome.status === 'done') {
				await adopt(this.#app, plan.id, outcome.value.definitions);
				if (pendingFile.current === file) pendingFile.set(undefined);
				const next = pendingFile.current;
				this.#state = { status: 'done', file: file.name, plan, report: outcome.value, next };
				// What was typed in is worth more than a cache: the browser must not clear it away by itself.
				void navigator.storage?.persist?.();
			} else this.#state = { ...outcome, file: file.name };
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			// The database does not survive it, and is started anew with all that was stored.
			this.#state = saysDiskFull(message)
				? { status: 'refused', file: file.name, refusal: { type: 'DiskFull' } }
				: { status: 'failed', file: file.name, message };
		} finally {
			stop();
		}
		return this.#state;
	}

	/** What was written is taken back; `state` says when it is. */
	cancel(): void {
		if (this.#state.status !== 'running') return;
		this.#state = { ...this.#state, cancelling: true };
		void this.#app.ask('cancelImport', this.#state.plan.id);
	}

	/** Forgets how the last one ended. */
	clear(): void {
		if (this.#state.status !== 'running') this.#state = { status: 'idle' };
	}
}

const runners = new WeakMap<App, ImportRunner>();

/** The one runner of an app. */
export function importRunner(app: App): ImportRunner {
	const runner = runners.get(app) ?? new ImportRunner(app);
	runners.set(app, runner);
	return runner;
}
