import type { SuppressionReason } from '$lib/workspace/suppressions';

/** An address that no email may be sent to, and why. */
export interface Suppression {
	/** As compared: in lower case. */
	readonly address: string;
	readonly reason: SuppressionReason;
	/** ISO 8601, in UTC. */
	readonly at: string;
	/** How many contacts have it now, archived ones too. */
	readonly contacts: number;
}

export interface SuppressionPage {
	/** How many the search finds. */
	readonly total: number;
	/** The newest first. */
	readonly suppressions: readonly Suppression[];
}

/** What became of addresses that were to be suppressed. */
export interface AddedSuppressions {
	readonly added: number;
	/** Those that were suppressed by hand already. */
	readonly known: number;
	/** What is no address, as it was given. */
	readonly wrong: readonly string[];
}

export const reasonLabels: Record<SuppressionReason, string> = {
	hardBounce: 'Hard bounce',
	complaint: 'Complaint',
	unsubscribed: 'Unsubscribed',
	manual: 'By hand'
};

/** What can be lifted by hand: not what the address or a provider said. */
export const liftable: ReadonlySet<SuppressionReason> = new Set(['unsubscribed', 'manual']);

/** What stands between commas, semicolons and white space, each once. Of a name and an address in angle brackets, the address. */
export const addressesIn = (text: string): readonly string[] => [
	...new Set(
		text
			.split(/[\n\r,;]+/)
			.flatMap((part) => /<([^<>]*)>\s*$/.exec(part)?.[1]?.trim() ?? part.split(/\s+/))
			.filter(Boolean)
	)
];
