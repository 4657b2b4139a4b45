import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import type { Result } from '$lib/result';
import type { Campaign } from '$lib/workspace/campaigns';
import {
	audienceAsk,
	describeAudienceIssue,
	type AudienceAsk,
	type AudienceIssue
} from './audience/ask';
import { sourceKey } from './audience/source';
import type { AudienceCounts, StepCount } from './audience/step';
import { knownNameOf } from './source-name';

/** Whom a campaign is for, counted step by step and kept current, as a page shows it. */
export class CampaignAudience {
	readonly #app: App;
	readonly #campaign: () => Campaign;
	readonly #counts: Latest<unknown, AudienceCounts>;

	constructor(app: App, campaign: () => Campaign) {
		this.#app = app;
		this.#campaign = campaign;
		this.#counts = new Latest(
			() => {
				const { ask } = this;
				if (!ask.ok || ask.value.include.length === 0) return;
				return { ask: ask.value, moment: app.moment, version: app.dataVersion };
			},
			({ ask, moment }) => app.ask('audienceSteps', ask, moment)
		);
	}

	/** What the worker is asked, or all that is in the way of asking. */
	get ask(): Result<AudienceAsk, readonly AudienceIssue[]> {
		return askOf(this.#app, this.#campaign());
	}

	/** The last counts; nothing before the first, or where nobody is included. */
	get counts(): AudienceCounts | undefined {
		const { ask } = this;
		return ask.ok && ask.value.include.length > 0 ? this.#counts.value : undefined;
	}

	/** Whether `counts` are of the audience as it is now. */
	get fresh(): boolean {
		return this.#counts.fresh;
	}

	get failed(): boolean {
		return this.#counts.current.status === 'failed';
	}

	retry(): void {
		this.#counts.retry();
	}

	/** Steps that took somebody out, the first step and the last. */
	get steps(): readonly StepCount[] {
		return this.counts?.steps.filter(({ step, out }) => step === 'included' || out > 0) ?? [];
	}

	/** How many each source has, by its key. */
	get sourceCounts(): ReadonlyMap<string, number> {
		const { ask, counts } = this;
		if (!ask.ok || !counts) return new Map();
		const { include, exclude } = ask.value;
		return new Map([
			...include.map(({ source }, i) => [sourceKey(source), counts.include[i] ?? 0] as const),
			...exclude.map(({ source }, i) => [sourceKey(source), counts.exclude[i] ?? 0] as const)
		]);
	}

	/** What is wrong with the sources, by their keys, in words. */
	get problems(): ReadonlyMap<string, string> {
		const { ask } = this;
		if (ask.ok) return new Map();
		return new Map(
			ask.error.flatMap((issue) =>
				issue.type === 'Unreadable'
					? []
					: [[sourceKey(issue.source), describeIssue(this.#app, issue)] as const]
			)
		);
	}
}

export const askOf = (
	app: App,
	campaign: Campaign
): Result<AudienceAsk, readonly AudienceIssue[]> =>
	audienceAsk(campaign, {
		segment: (id) => app.savedRule(id),
		smartList: (id) => app.smartListRule(id),
		lists: app.definitions.lists
	});

export const describeIssue = (app: App, issue: AudienceIssue): string =>
	describeAudienceIssue(issue, (source) => knownNameOf(source, app.workspace));
