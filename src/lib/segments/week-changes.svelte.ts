import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import type { KnownFlow } from '$lib/membership/history/queries';

const week = 7 * 24 * 60 * 60_000;

export interface WeekChange {
	/** How many came less how many went. */
	readonly net: number;
	/** Epoch milliseconds: since when it is known. */
	readonly since: number;
	/** Whether it is known for seven days. */
	readonly isWhole: boolean;
}

/** By how many segments grew in the last seven days. */
export class WeekChanges {
	readonly #answer: Latest<
		{ ids: readonly string[]; since: number; moves: number },
		{ since: number; flows: Readonly<Record<string, KnownFlow>> }
	>;

	/** `segments` gives the ids to ask about; nothing while something else is to be asked first. Must be made while a component is. */
	constructor(app: App, segments: () => readonly string[] | undefined) {
		this.#answer = new Latest(
			() => {
				const ids = segments();
				return ids && { ids, since: app.moment.now - week, moves: app.movesVersion };
			},
			async ({ ids, since }) => ({ since, flows: await app.ask('flowsSince', ids, since) })
		);
	}

	/** Nothing until it is known, and of a segment that was never noted. */
	of(id: string): WeekChange | undefined {
		const { value } = this.#answer;
		const flow = value?.flows[id];
		if (!value || !flow) return;
		const { entered, left, since } = flow;
		return { net: entered - left, since, isWhole: since <= value.since };
	}
}
