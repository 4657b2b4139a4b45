import { untrack } from 'svelte';
import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import type { Rule } from '$lib/rules/rule';
import type { Moment } from '$lib/time/moment';
import type { KeptCount } from '../kept-counts';
import { countSteps, type SegmentCount } from '../segment-counts.svelte';
import { boughtIn, type Bought, type Facts } from './known';
import { offerOf, type Offer } from './offer';
import { templateGroups, type TemplateGroup } from './template';
import { templates } from './templates';

interface Question {
	readonly rules: readonly {
		readonly id: string;
		readonly group: TemplateGroup;
		readonly rule: Rule;
	}[];
	readonly moment: Moment;
	readonly version: number;
}

type Counts = Readonly<Record<string, KeptCount>>;

/** All templates as this workspace has them: what its data say is asked first, then the counts, group by group. */
export class Offers {
	readonly #app: App;
	readonly #facts: Latest<{ readonly bought: Bought | undefined; readonly version: number }, Facts>;
	readonly #counts: Latest<Question, Counts>;
	readonly #byId: ReadonlyMap<string, Offer> = $derived.by(() => {
		const facts = this.#facts.value;
		const offers = facts
			? templates.map((template) =>
					offerOf(template, facts, this.#app.definitions, this.#app.language)
				)
			: [];
		return new Map(offers.map((offer) => [offer.template.id, offer]));
	});
	/** What of the present question is answered. */
	#counted = $state.raw<Counts>({});

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
					rules: [...this.#byId.values()].flatMap(({ template: { id, group }, rule }) =>
						rule ? [{ id, group, rule }] : []
					),
					moment: app.moment,
					version: app.dataVersion
				},
			async ({ rules, moment }, signal) => {
				let counted: Counts = {};
				this.#counted = counted;
				for (const group of templateGroups) {
					const some = rules.filter((rule) => rule.group === group);
					counted = { ...counted, ...(await countSteps(app, { rules: some, moment })).byId };
					if (signal.aborted) break;
					this.#counted = counted;
				}
				return counted;
			}
		);
	}

	/** Nothing until the data have been asked. */
	of(id: string): Offer | undefined {
		return this.#byId.get(id);
	}

	/** Nothing until it was counted, and where something is still to be filled in. */
	countOf(id: string): SegmentCount | undefined {
		const count = this.#counted[id];
		if (count) return { ...count, fresh: true };
		const before = this.#counts.value?.[id];
		return before && { ...before, fresh: false };
	}

	get failed(): boolean {
		return [this.#facts, this.#counts].some(({ current }) => current.status === 'failed');
	}

	retry = (): void => {
		this.#facts.retry();
		this.#counts.retry();
	};
}
