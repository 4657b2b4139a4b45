import type { ListedContact } from '$lib/contacts/listed';
import type { AudienceAsk } from './ask';
import type { AudienceSource } from './source';

/** What takes people out of an audience, in the order in which it does. */
export const audienceStepIds = [
	/** In any of what is included: the start, which takes out nobody. */
	'included',
	/** In any of what is excluded. */
	'excluded',
	/** Another contact with the same address speaks for it. */
	'repeated',
	'noAddress',
	/** Not subscribed to email, or another contact with the address said no. */
	'notSubscribed',
	'suppressed',
	'heldOut',
	/** Over the limit. */
	'limited'
] as const;
export type AudienceStepId = (typeof audienceStepIds)[number];

export interface StepCount {
	readonly step: AudienceStepId;
	/** How many are left after it. */
	readonly left: number;
	/** How many it took out. */
	readonly out: number;
}

export interface AudienceCounts {
	/** Contacts that are not archived. */
	readonly everyone: number;
	/** All steps in their order. */
	readonly steps: readonly StepCount[];
	/** How many are written to: those left after the last step. */
	readonly reach: number;
	/**
	 * Of those taken out as not subscribed, how many said no, or share the address of somebody who did. Not in audiences
	 * frozen before this was counted.
	 */
	readonly refused?: number | undefined;
	/** Of each source alone, in the order of the ask. */
	readonly include: readonly number[];
	readonly exclude: readonly number[];
}

/** People of one step: who is left after it, or whom it took out. */
export interface AudiencePart {
	readonly ask: AudienceAsk;
	readonly step: AudienceStepId;
	readonly side: 'left' | 'out';
}

/** How many see each variant of a dynamic block, and how many the otherwise. */
export interface VariantCounts {
	readonly variants: readonly number[];
	readonly otherwise: number;
}

/** What a step makes of a contact. */
export interface StepVerdict {
	readonly step: AudienceStepId;
	/**
	 * `stays` and `leaves`: it came to this step. `wouldLeave`: it had left before, and this would have taken it out too.
	 * `before`: it had left before, and nothing more can be said.
	 */
	readonly verdict: 'stays' | 'leaves' | 'wouldLeave' | 'before';
}

export interface AudienceWhy {
	/** All steps in their order. */
	readonly steps: readonly StepVerdict[];
	/** The step that took it out, `included` if it never was in; null: it is in the audience. */
	readonly out: AudienceStepId | null;
	/** Those of the included and excluded sources that it is in. */
	readonly include: readonly AudienceSource[];
	readonly exclude: readonly AudienceSource[];
	/** Others who have the same address: those who are not archived, and of the archived those who said no to email. */
	readonly sharing: readonly ListedContact[];
	/** One of those with its address, or itself, said no to email. */
	readonly refused: boolean;
}
