import type { App } from '$lib/app.svelte';
import { FileMaking } from '$lib/exports/file-making.svelte';
import { fileNameOf } from '$lib/exports/file-name';
import { exportsFolder, fileOf } from '$lib/exports/save';
import { freeName } from '$lib/free-name';
import { canonical } from '$lib/json';
import { told } from '$lib/segments/actions.svelte';
import { dayAt } from '$lib/time/zone';
import { download } from '$lib/ui/download';
import { formatCount } from '$lib/ui/number';
import { toast } from '$lib/ui/toast';
import type { Campaign } from '$lib/workspace/campaigns';
import { currentWorkspace } from '$lib/workspace/current';
import { markSent } from '$lib/workspace/edit-campaigns';
import { randomId } from '$lib/workspace/random-id';
import { askOf } from './campaign-audience.svelte';
import { handOverAskOf, variantRules, variantSegments } from './campaign-message.svelte';
import { readMessage } from './content/compile';
import { contextOf, type HandOverAsk } from './hand-over/ask';
import { audienceFormat } from './hand-over/made';
import type { CampaignRun, RunHow } from './run/run';
import { smtpSending } from './smtp-sending.svelte';
import { namesOf } from './source-name';

/** By the ids of their campaigns: what is under way goes on whichever page is shown. */
const known = new WeakMap<App, Map<string, CampaignSending>>();

/** The one way out of a campaign on this page. */
export function campaignSending(app: App, campaign: string): CampaignSending {
	const all = known.get(app) ?? new Map<string, CampaignSending>();
	known.set(app, all);
	const sending = all.get(campaign) ?? new CampaignSending(app, campaign);
	all.set(campaign, sending);
	return sending;
}

/** Hands a campaign over: freezes its audience, makes what is handed over, and notes that it went out. */
export class CampaignSending {
	readonly #app: App;
	readonly #campaign: string;
	readonly making: FileMaking;
	readonly #clock: () => number;
	#busy = $state(false);
	#changes = $state(0);

	/** `campaign`: its id. */
	constructor(app: App, campaign: string, clock: () => number = Date.now) {
		this.#app = app;
		this.#campaign = campaign;
		this.making = new FileMaking(
			app,
			exportsFolder(currentWorkspace().namespace),
			'cancelHandOver'
		);
		this.#clock = clock;
	}

	/** Something of it is frozen, handed over or forgotten at this moment. */
	get busy(): boolean {
		return this.#busy;
	}

	/** Rises when an audience may have been frozen, handed over or forgotten. */
	get changes(): number {
		return this.#changes;
	}

	/** Freezes the audience and hands it over. Where nobody can have got anything of it, it is forgotten again. */
	send = (how: RunHow): Promise<void> =>
		this.#once(async () => {
			const campaign = this.#app.workspace.campaign(this.#campaign);
			if (!campaign || !this.#isUnsent()) return;
			const run = await this.#freeze(campaign, how);
			if (!(await this.#handOver(run))) await this.#drop(run);
		});

	/** Hands over what was frozen before. */
	handOver = (run: CampaignRun): Promise<void> =>
		this.#once(async () => void (await this.#handOver(run)));

	/** Notes in the workspace that what was handed over before went out. */
	markSent = (run: CampaignRun): Promise<void> =>
		this.#once(async () => {
			if (this.#isUnsent()) this.#noteSent(run);
		});

	/** Forgets a frozen audience that was never handed over. Gives whether it is gone. */
	async drop(run: CampaignRun): Promise<boolean> {
		let gone = false;
		await this.#once(async () => {
			gone = await this.#drop(run);
			if (!gone) throw new Error('It cannot be forgotten: some of it was handed over already.');
		});
		return gone;
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

	/** One thing after the other. What goes wrong is said in a corner, also where another page is shown by then. */
	async #once(work: () => Promise<void>): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		try {
			await work();
		} catch (error) {
			void toast(error instanceof Error ? error.message : String(error), { tone: 'danger' });
		} finally {
			this.#busy = false;
			this.#changes++;
		}
	}

	/** Counts everybody anew, as of now, and keeps who they are and what they get. Throws what a review would have said. */
	async #freeze(campaign: Campaign, how: RunHow): Promise<CampaignRun> {
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
			names: namesOf(
				[...campaign.include, ...campaign.exclude, ...variantSegments(campaign)],
				app.workspace
			),
			// The page counts for a minute with the same `now`; what goes out is of the moment it does.
			moment: { ...app.moment, now: this.#clock() }
		});
	}

	/** Gives whether anything may have gone out. */
	#handOver = (run: CampaignRun): Promise<boolean> =>
		run.how === 'smtp' ? this.#begin(run) : this.#giveFile(run);

	/** What is on its way cannot be taken back, so that it is said first that the campaign went out. */
	async #begin(run: CampaignRun): Promise<boolean> {
		const sending = await smtpSending(this.#app, run);
		if (!sending) throw new Error('The relay is not connected.');
		await this.#assertKept(run);
		if (!this.#isUnsent() || !this.#noteSent(run)) return false;
		void sending.go();
		return true;
	}

	async #giveFile(run: CampaignRun): Promise<boolean> {
		const { engine, workspace } = this.#app;
		const file = await this.write(run);
		if (!file) return false;
		const { state } = this.making;
		await this.#assertKept(run);
		if (!this.#isUnsent()) return false;
		download(file);
		const now = this.#clock();
		await engine.callWith({ deadline: null }, 'markRunSent', `sent ${run.id}`, run.id, now);
		if (!this.#noteSent(run)) return true;
		const name = workspace.campaign(run.campaign)?.name ?? run.ref;
		const leftOut = state.status === 'done' ? leftOutText(run.reach - state.rows) : '';
		void toast(`${file.name} is in your downloads. “${name}” is marked as sent. ${leftOut}`.trim());
		return true;
	}

	/** Another tab may have forgotten it: then not everybody is in what was written. */
	async #assertKept({ id }: CampaignRun): Promise<void> {
		if (await this.#app.ask('runOf', id)) return;
		throw new Error('What was frozen was forgotten meanwhile. Nothing was handed over.');
	}

	/** Whether nobody else has sent it by now; where somebody has, that is said. */
	#isUnsent(): boolean {
		const campaign = this.#app.workspace.campaign(this.#campaign);
		if (!campaign?.sent) return true;
		const text = `“${campaign.name}” was sent meanwhile, on another device or in another tab. Nothing was handed over here.`;
		void toast(text, { tone: 'danger' });
		return false;
	}

	/** Notes in the workspace that it went out; from then on it stays as it is. */
	#noteSent(run: CampaignRun): boolean {
		const { id, campaign, ref, reach, hash, how } = run;
		return told(
			this.#app.workspace.gesture(
				'Send campaign',
				(edit) => markSent(edit, campaign, { run: id, ref, reach, hash, how }),
				false
			)
		);
	}

	#drop = (run: CampaignRun): Promise<boolean> =>
		this.#app.ask('dropRun', crypto.randomUUID(), run.id);
}

/** Whether a frozen audience is for whom a campaign is for now, and gets what it says now. */
export function isAsShown(app: App, campaign: Campaign, { frozen }: CampaignRun): boolean {
	const [ask, variants] = [askOf(app, campaign), variantRules(app, campaign)];
	if (!ask.ok || !variants.ok) return false;
	const then = [frozen.ask, frozen.variants, saidBy(frozen.definition as HandOverAsk)];
	const now = [ask.value, variants.value, saidBy(handOverAskOf(app, campaign))];
	return canonical(then) === canonical(now);
}

/** All that messages are made of: of the fields, those that stand in them. */
function saidBy(ask: HandOverAsk) {
	const { content, sender, zone, locale } = ask;
	const { fields } = readMessage(content, contextOf(ask)).message;
	return { content, sender, zone, locale, fields };
}

/** Whom a file of a frozen audience leaves out; `''` where it is nobody. */
export const leftOutText = (count: number): string =>
	count === 0
		? ''
		: `${formatCount(count)} ${count === 1 ? 'is' : 'are'} left out: erased, archived, unsubscribed or suppressed since, or with no address that mail can go to.`;
