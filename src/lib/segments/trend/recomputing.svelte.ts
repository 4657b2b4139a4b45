import type { App } from '$lib/app.svelte';
import type { Watched } from '$lib/membership/history/watched';

export type RecomputingState = 'running' | 'done' | 'stopped' | 'failed';

/** Days before a segment began to be noted, being worked out. It goes on when the page is left. */
export class Recomputing {
	readonly days: number;
	readonly #app: App;
	readonly #job: string;
	#state = $state<RecomputingState>('running');
	#done = $state(0);

	constructor(app: App, watched: Watched, days: number) {
		this.#app = app;
		this.days = days;
		this.#job = `days of ${watched.segment}`;
		void this.#run(watched);
	}

	get state(): RecomputingState {
		return this.#state;
	}

	/** How many days are worked out. */
	get done(): number {
		return this.#done;
	}

	stop(): void {
		if (this.#state !== 'running') return;
		this.#state = 'stopped';
		// If there is no worker to hear it, nothing is being worked out either.
		this.#app.ask('stopRecomputing', this.#job).catch(() => {});
	}

	async #run(watched: Watched): Promise<void> {
		const { engine, moment, workspace } = this.#app;
		const { historyMonths: months } = workspace.settings;
		const unheard = engine.onnews((news) => {
			if (news.type === 'progress' && news.job === this.#job) this.#done = news.done;
		});
		const options = { deadline: null };
		try {
			await engine.callWith(
				options,
				'recomputeTrend',
				this.#job,
				watched,
				this.days,
				moment,
				months
			);
			if (this.#state === 'running') this.#state = 'done';
		} catch {
			if (this.#state === 'running') this.#state = 'failed';
		} finally {
			unheard();
		}
	}
}
