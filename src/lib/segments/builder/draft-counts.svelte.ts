import type { App } from '$lib/app.svelte';
import type { ContactPage } from '$lib/contacts/queries';
import { Latest } from '$lib/latest.svelte';
import type { Funnel } from '$lib/membership/evaluate';
import { pause } from '$lib/pause';
import { group, type DraftGroup, type Rule } from '$lib/rules/rule';
import type { Moment } from '$lib/time/moment';
import { asSteps, rowCount, type RowCount } from './steps';

/** Milliseconds without a key before what is typed is counted. */
const typingPause = 120;
const sampleSize = 50;
const changedShown = 10;

export interface Counted {
	/** The draft, and the rule it says. */
	readonly draft: DraftGroup;
	readonly rule: Rule;
	/** What it said before the last change made here, or as that left it where others changed it since, if anything. */
	readonly before: Rule | undefined;
}

interface Question extends Counted {
	readonly moment: Moment;
	readonly version: number;
}

/** Who came by the last change made here or by others since, and who left. */
export interface LastChange {
	readonly came: ContactPage;
	readonly left: ContactPage;
}

/**
 * What a rule comes to while it is being edited. All counts of a draft are of the same bitmaps; until they are there,
 * and while the draft cannot be evaluated, those of the last one that could stay readable, no longer fresh.
 */
export class DraftCounts {
	readonly #funnel: Latest<Question, { readonly funnel: Funnel; readonly draft: DraftGroup }>;
	readonly #sample: Latest<Question, ContactPage>;
	readonly #change: Latest<Question, LastChange | undefined>;

	/**
	 * `counted` gives what to count, the same object for as long as that is the same; `typing` tells whether the last
	 * edit was a key. `ontotal` hears each new total. Must be made while a component is.
	 */
	constructor(
		app: Pick<App, 'ask' | 'moment' | 'dataVersion'>,
		counted: () => Counted | undefined,
		typing: () => boolean,
		ontotal: (total: number) => void
	) {
		const question = (): Question | undefined => {
			const asked = counted();
			return asked && { ...asked, moment: app.moment, version: app.dataVersion };
		};
		const settled = async (signal: AbortSignal) => {
			if (typing()) await pause(typingPause, signal);
		};
		const page = (rule: Rule, limit: number, moment: Moment) =>
			app.ask('contactPage', { rule, offset: 0, limit }, moment);

		const asker = crypto.randomUUID();
		this.#funnel = new Latest(question, async ({ rule, draft, moment }, signal) => {
			await settled(signal);
			const funnel = await app.ask('countFunnel', asSteps(rule, draft), moment, asker);
			if (!signal.aborted) ontotal(funnel.total);
			return { funnel, draft };
		});
		this.#sample = new Latest(question, async ({ rule, moment }, signal) => {
			await settled(signal);
			return page(rule, sampleSize, moment);
		});
		this.#change = new Latest(question, async ({ rule, before, moment }, signal) => {
			if (!before) return undefined;
			await settled(signal);
			const [came, left] = await Promise.all([
				page(without(rule, before), changedShown, moment),
				page(without(before, rule), changedShown, moment)
			]);
			return { came, left };
		});
	}

	get fresh(): boolean {
		return this.#funnel.fresh;
	}

	get failed(): boolean {
		return this.#funnel.current.status === 'failed';
	}

	get total(): number | undefined {
		return this.#funnel.value?.funnel.total;
	}

	get everyone(): number | undefined {
		return this.#funnel.value?.funnel.everyone;
	}

	/** What the counts are of; nothing while they are old. */
	get counted(): { readonly draft: DraftGroup; readonly funnel: Funnel } | undefined {
		return this.fresh ? this.#funnel.value : undefined;
	}

	/** Beside a row, as long as the row was there when it was last counted. */
	row(id: string): RowCount | undefined {
		const counted = this.#funnel.value;
		return counted && rowCount(counted.funnel, counted.draft, id);
	}

	get sample(): { readonly page: ContactPage | undefined; readonly fresh: boolean } {
		return { page: this.#sample.value, fresh: this.#sample.fresh };
	}

	/** By the last change made here, or by others since; nothing before the first one. */
	get change(): LastChange | undefined {
		return this.#change.value;
	}

	retry = (): void => {
		this.#funnel.retry();
		this.#sample.retry();
	};
}

const without = (rule: Rule, other: Rule): Rule => group('all', [rule, group('none', [other])]);
