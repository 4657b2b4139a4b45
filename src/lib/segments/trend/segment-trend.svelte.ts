import { SvelteMap } from 'svelte/reactivity';
import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import type { Trend } from '$lib/membership/history/queries';
import type { Watched } from '$lib/membership/history/watched';
import { Recomputing } from './recomputing.svelte';

/** As far back as a trend goes. */
export const mostDays = 365;
/** Worked out when somebody first looks. */
const daysAtFirst = 90;

/** Of this visit, by segment: what was stopped is not begun again by itself. */
const recomputings = new SvelteMap<string, Recomputing>();

/** A segment's size, day by day. The first time it is looked at, days before it was noted are worked out. */
export class SegmentTrend {
	readonly #app: App;
	readonly #segment: string;
	readonly #watched: () => Watched | undefined;
	readonly #answer: Latest<{ moment: App['moment']; moves: number }, Trend>;

	/** `watched` is nothing while its rule cannot be counted. Must be made while a component is. */
	constructor(app: App, segment: string, watched: () => Watched | undefined) {
		this.#app = app;
		this.#segment = segment;
		this.#watched = watched;
		this.#answer = new Latest(
			() => ({ moment: app.moment, moves: app.movesVersion, watched: watched() }),
			async ({ moment }) => {
				const trend = await this.#ask(moment);
				if (trend.began !== undefined && !trend.recomputed && !recomputings.has(segment))
					this.recompute(daysAtFirst);
				return trend;
			}
		);
	}

	get current(): Trend | undefined {
		return this.#answer.value;
	}

	get failed(): boolean {
		return this.#answer.current.status === 'failed';
	}

	retry = (): void => this.#answer.retry();

	get recomputing(): Recomputing | undefined {
		return recomputings.get(this.#segment);
	}

	/** Works out so many days before it began to be noted, by what is known today. */
	recompute(days: number): void {
		const watched = this.#watched();
		if (watched) recomputings.set(this.#segment, new Recomputing(this.#app, watched, days));
	}

	async #ask(moment: App['moment']): Promise<Trend> {
		const ask = () => this.#app.ask('trendOf', this.#segment, mostDays, moment);
		const trend = await ask();
		const watched = this.#watched();
		if (trend.began !== undefined || !watched) return trend;
		// It was saved just now: nobody has looked yet.
		await this.#app.ask('lookAtSegments', [watched], moment);
		return ask();
	}
}
