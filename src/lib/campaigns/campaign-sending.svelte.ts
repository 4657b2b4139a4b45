import type { App } from '$lib/app.svelte';
import { FileMaking } from '$lib/exports/file-making.svelte';
import { fileNameOf } from '$lib/exports/file-name';
import { fileOf } from '$lib/exports/save';
import { freeName } from '$lib/free-name';
import { told } from '$lib/segments/actions.svelte';
import { dayAt } from '$lib/time/zone';
import { formatCount } from '$lib/ui/number';
import type { Campaign } from '$lib/workspace/campaigns';
import { markSent } from '$lib/workspace/edit-campaigns';
import { randomId } from '$lib/workspace/random-id';
import { askOf } from './campaign-audience.svelte';
import { handOverAskOf, variantRules } from './campaign-message.svelte';
import type { HandOverAsk } from './hand-over/ask';
import { audienceFormat } from './hand-over/made';
import type { CampaignRun, RunHow } from './run/run';

/** Hands a campaign over: freezes its audience, makes what is handed over, and notes that it went out. */
export class CampaignSending {
	readonly #app: App;
	readonly making: FileMaking;
	readonly #clock: () => number;

	/** `folder` is where the worker writes files. */
	constructor(app: App, folder: string, clock: () => number = Date.now) {
		this.#app = app;
		this.making = new FileMaking(app, folder, 'cancelHandOver');
		this.#clock = clock;
	}

	/** Counts everybody anew, as of now, and keeps who they are and what they get. Throws what a review would have said. */
	async freeze(campaign: Campaign, how: RunHow): Promise<CampaignRun> {
		const app = this.#app;
		const ask = askOf(app, campaign);
		const variants = variantRules(app, campaign);
		if (!ask.ok || !variants.ok) throw new Error('Mend what the review shows first, then send it.');
		const others = app.workspace.campaigns.flatMap(({ id, sends }) =>
			id === campaign.id ? [] : sends.map(({ ref }) => ({ name: ref }))
		);
		return app.engine.callWith({ deadline: null }, 'freezeAudience', crypto.randomUUID(), {
			run: randomId(20),
			...{ campaign: campaign.id, ref: freeName(campaign.name, others), how },
			...{ ask: ask.value, variants: variants.value },
			definition: handOverAskOf(app, campaign),
			// The page counts for a minute with the same `now`; what goes out is of the moment it does.
			moment: { ...app.moment, now: this.#clock() }
		});
	}

	/**
	 * Writes the file of a frozen audience, as often as it is asked for; nothing if it was cancelled or failed, which
	 * `making` tells.
	 */
	write(run: CampaignRun): Promise<File | undefined> {
		const { engine, moment } = this.#app;
		const ask = run.frozen.definition as HandOverAsk;
		const day = dayAt(this.#clock(), moment.zone);
		const isFile = run.how === 'file';
		const name = fileNameOf(run.ref, day, isFile ? '.csv' : '.zip');
		return this.making.run(
			(place) =>
				isFile
					? engine.callWith(
							{ deadline: null },
							'writeAudienceFile',
							place,
							run.id,
							ask,
							audienceFormat
						)
					: engine.callWith({ deadline: null }, 'writeMessages', place, run.id, ask, this.#clock()),
			(done, place) => fileOf(done, place, name, isFile ? 'text/csv' : 'application/zip')
		);
	}

	/** Notes in everybody's timeline that it was sent to them, and in the workspace that it went out. */
	async finish(run: CampaignRun): Promise<void> {
		await this.#app.engine.callWith(
			{ deadline: null },
			'markRunSent',
			`sent ${run.id}`,
			run.id,
			this.#clock()
		);
		this.markSent(run);
	}

	/** Notes in the workspace that it went out; from then on it stays as it is. */
	markSent(run: CampaignRun): boolean {
		const { id, campaign, ref, reach, hash, how } = run;
		return told(
			this.#app.workspace.gesture(
				'Send campaign',
				(edit) => markSent(edit, campaign, { run: id, ref, reach, hash, how }),
				false
			)
		);
	}

	/** Forgets a frozen audience that was never handed over. */
	drop = (run: CampaignRun): Promise<boolean> =>
		this.#app.ask('dropRun', crypto.randomUUID(), run.id);
}

/** Whom a file of a frozen audience leaves out; `''` where it is nobody. */
export const leftOutText = (count: number): string =>
	count === 0
		? ''
		: `${formatCount(count)} ${count === 1 ? 'is' : 'are'} left out: erased, archived, unsubscribed or suppressed since, or with no address that mail can go to.`;
