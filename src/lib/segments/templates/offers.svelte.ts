import { untrack } from 'svelte';
import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import type { KeptCount } from '../kept-counts';
import { countSteps, type StepCounts } from '../segment-counts.svelte';
import { boughtIn, type Facts } from './known';
import { offerOf, type Offer } from './offer';
import { templates } from './templates';

/** All templates as this workspace has them: what its data say is asked first, then the counts of all at once. */
export class Offers {
	readonly #facts: Latest<unknown, Facts>;
	readonly #counts: Latest<unknown, StepCounts>;
	readonly #byId: ReadonlyMap<string, Offer> = $derived.by(() => {
		const facts = this.#facts.value;
		const offers = facts
			? templates.map((template) =>
					offerOf(template, facts, this.#app.definitions, this.#app.language)
				)
			: [];
		return new Map(offers.map((offer) => [offer.template.id, offer]));
	});
	readonly #app: App;

	/** Must be made while a component is. */
	constructor(app: App) {
		this.#app = app;
		this.#facts = new Latest(
			() => ({ bought: boughtIn(app.definitions.eventTypes), version: app.dataVersion }),
			// A minute later the data say the same.
			({ bought }) =>
				app.ask(
					'templateFacts',
					bought,
					untrack(() => app.moment)
				)
		);
		this.#counts = new Latest(
			() =>
				this.#facts.value && {
					rules: [...this.#byId].flatMap(([id, { rule }]) => (rule ? [{ id, rule }] : [])),
					moment: app.moment,
					version: app.dataVersion
				},
			(question) => countSteps(app, question)
		);
	}

	/** Nothing until the data have been asked. */
	of(id: string): Offer | undefined {
		return this.#byId.get(id);
	}

	/** Nothing until it was counted, and where something is still to be filled in. */
	countOf(id: string): KeptCount | undefined {
		return this.#counts.value?.byId[id];
	}

	/** Whether the counts are of the present contacts and moment. */
	get fresh(): boolean {
		return this.#counts.fresh;
	}

	get failed(): boolean {
		return [this.#facts, this.#counts].some(({ current }) => current.status === 'failed');
	}

	retry = (): void => {
		this.#facts.retry();
		this.#counts.retry();
	};
}
