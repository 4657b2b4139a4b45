import type { AudienceAsk } from '$lib/campaigns/audience/ask';
import type { AudienceCounts } from '$lib/campaigns/audience/step';
import type { ListedContact } from '$lib/contacts/listed';
import type { Rule } from '$lib/rules/rule';
import type { Moment } from '$lib/time/moment';

/** How a campaign is handed over: as a file for a mail tool, as messages to send by hand, or through a mail server. */
export type RunHow = 'file' | 'messages' | 'smtp';

/**
 * `frozen`: nothing was handed over yet. `sent`: its events are written; of a mail server's, as it takes the messages.
 */
export type RunState = 'frozen' | 'sent';

/**
 * What became of one message. `frozen`: not handed over yet. `sending`: on its way to the mail server. `sent`: taken by
 * whoever sends it. `refused`: by the mail server, for good. `unsure`: it may have been sent. `withheld`: whoever it was
 * for may not be written to any more.
 */
export const recipientStatuses = [
	'frozen',
	'sending',
	'sent',
	'refused',
	'unsure',
	'withheld'
] as const;
export type RecipientStatus = (typeof recipientStatuses)[number];

/** All that is frozen beside the people: what they were chosen by, and what they get. Plain JSON. */
export interface Frozen {
	/** What is said to them: whatever the caller wants to find again. */
	readonly definition: unknown;
	readonly ask: AudienceAsk;
	/** By dynamic block, the rule of each variant. */
	readonly variants: readonly (readonly Rule[])[];
	readonly moment: Moment;
	readonly counts: AudienceCounts;
	/** What the sources and the segments of the variants were called, by their ids. Not in older ones. */
	readonly names?: Readonly<Record<string, string>> | undefined;
	/** The hash covers which variants each one gets. It does not in audiences frozen before it did. */
	readonly covers?: 'variants' | undefined;
}

/** What is frozen, asked for. */
export interface FreezeAsk {
	/** A new id. */
	readonly run: string;
	/** The id of the campaign. */
	readonly campaign: string;
	/** What its events call it: its unique name. */
	readonly ref: string;
	readonly how: RunHow;
	readonly ask: AudienceAsk;
	/** For each dynamic block, in order, the rules of its variants, in order. */
	readonly variants: readonly (readonly Rule[])[];
	/** What is said to them, as plain JSON. */
	readonly definition: unknown;
	/** What the sources and the segments of the variants are called, by their ids. */
	readonly names?: Readonly<Record<string, string>> | undefined;
	readonly moment: Moment;
}

/** A frozen audience. */
export interface CampaignRun {
	readonly id: string;
	readonly campaign: string;
	readonly ref: string;
	/** ISO 8601, in UTC: the instant as of which it was evaluated. */
	readonly at: string;
	readonly how: RunHow;
	readonly frozen: Frozen;
	/** How many recipients it has, those erased since included. */
	readonly reach: number;
	/** SHA-256, in hex, of who they are and what they get. */
	readonly hash: string;
	readonly state: RunState;
}

/** One of those it goes to. Of who was erased since, only the place and what they got is known. */
export interface Recipient {
	/** From 0 on, in the order of contacts. */
	readonly place: number;
	readonly cno: number | null;
	readonly uid: string | null;
	/** As it was when it was frozen. */
	readonly address: string | null;
	/** For each dynamic block, the index of the variant; −1 for the otherwise. */
	readonly variants: readonly number[];
	readonly status: RecipientStatus;
	/** ISO 8601, in UTC. */
	readonly statusAt: string;
	readonly diagnostic: string | null;
	readonly messageId: string | null;
}

export interface RecipientFilter {
	readonly status?: RecipientStatus | undefined;
	readonly variant?: { readonly block: number; readonly index: number } | undefined;
}

export interface RecipientPage {
	readonly total: number;
	readonly recipients: readonly (Recipient & { readonly contact: ListedContact | null })[];
}

export interface RecipientCounts {
	readonly total: number;
	readonly statuses: Readonly<Record<RecipientStatus, number>>;
	/** By dynamic block: how many get each variant, in order, and how many the otherwise. */
	readonly blocks: readonly {
		readonly variants: readonly number[];
		readonly otherwise: number;
	}[];
}

/** Whether a frozen audience is still what it was. */
export interface RunCheck {
	/** The same people get the same as when it was frozen. */
	readonly holds: boolean;
	readonly hash: string;
	readonly recipients: number;
	/** Of these, how many were erased since: they count, and nobody knows any more who they were. */
	readonly erased: number;
}
