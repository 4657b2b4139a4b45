import type { App } from '$lib/app.svelte';
import type { ListedContact } from '$lib/contacts/listed';
import type { Rule } from '$lib/rules/rule';
import type { Moment } from '$lib/time/moment';
import type { Campaign, Sent } from '$lib/workspace/campaigns';
import type { AudienceAsk } from './audience/ask';
import { askOf } from './campaign-audience.svelte';
import { handOverAskOf, variantRules } from './campaign-message.svelte';
import type { RenderedMessage } from './content/message';
import type { HandOverAsk } from './hand-over/ask';
import type { CampaignRun } from './run/run';

/** What is shown of a campaign: as it was frozen, or as it would go out now. */
export type Previewed =
	| { readonly type: 'frozen'; readonly run: CampaignRun }
	| {
			readonly type: 'now';
			readonly audience: AudienceAsk;
			readonly message: HandOverAsk;
			/** By dynamic block, the rule of each variant. */
			readonly variants: readonly (readonly Rule[])[];
			readonly moment: Moment;
	  };

/** One recipient, and what it gets. */
export interface PreviewedRecipient {
	/** How many recipients there are. */
	readonly total: number;
	/** Nothing where it was erased since it was frozen, or nobody is at that place. */
	readonly contact: ListedContact | undefined;
	readonly message: RenderedMessage | undefined;
}

/** A campaign as it would go out now; nothing where its audience cannot be asked for. */
export function previewedNow(app: App, campaign: Campaign): Previewed | undefined {
	const ask = askOf(app, campaign);
	if (!ask.ok || ask.value.include.length === 0) return;
	const rules = variantRules(app, campaign);
	return {
		type: 'now',
		...{ audience: ask.value, message: handOverAskOf(app, campaign) },
		...{ variants: rules.ok ? rules.value : [], moment: app.moment }
	};
}

/** The frozen audience of a campaign that went out, nothing where another device sent it. */
export async function frozenOf(
	ask: App['ask'],
	sends: readonly Pick<Sent, 'run'>[]
): Promise<CampaignRun | undefined> {
	const runs = await Promise.all(sends.map(({ run }) => ask('runOf', run)));
	return runs.find((run) => run !== null) ?? undefined;
}

/** The recipient at a place, from 0 on. */
export async function recipientAt(
	ask: App['ask'],
	of: Previewed,
	place: number
): Promise<PreviewedRecipient> {
	if (of.type === 'frozen') {
		const { total, recipients } = await ask('recipientsPage', of.run.id, {}, place, 1);
		const [one] = recipients;
		const contact = one?.contact ?? undefined;
		const said = of.run.frozen.definition as HandOverAsk;
		const message = contact && (await ask('previewMessage', contact.cno, said, one!.variants));
		return { total, contact, message: message ?? undefined };
	}
	const { audience: chosen, moment } = of;
	const audience = { ask: chosen, step: 'limited', side: 'left' } as const;
	const { total, contacts } = await ask(
		'contactPage',
		{ audience, offset: place, limit: 1 },
		moment
	);
	const [contact] = contacts;
	if (!contact) return { total, contact, message: undefined };
	const holds = await ask('rulesOf', contact.cno, of.variants.flat(), moment);
	let from = 0;
	const variants = of.variants.map(({ length }) =>
		holds.slice(from, (from += length)).indexOf(true)
	);
	const message = await ask('previewMessage', contact.cno, of.message, variants);
	return { total, contact, message: message ?? undefined };
}
