import type { RecipientStatus } from '../run/run';

export type SendingCounts = Readonly<Record<RecipientStatus, number>>;

/** One whose message is to be made and handed over. */
export interface DueRecipient {
	/** Its place in the run. */
	readonly place: number;
	readonly cno: number;
	readonly uid: string;
	readonly address: string;
	/** By dynamic block: which variant, or −1. */
	readonly variants: readonly number[];
	/** What the relay knows the message by. */
	readonly messageId: string;
}

/** Those who are next. `last`: the place of the last that was looked at; null where there is nobody left. */
export interface DueBatch {
	readonly recipients: readonly DueRecipient[];
	readonly last: number | null;
	readonly withheld: number;
}

/** One that was on its way when nobody looked after it any more. */
export interface LeftRecipient {
	readonly place: number;
	readonly messageId: string;
	/** Which relay's memory knows of it. */
	readonly store: string;
	/** Epoch milliseconds: when it was about to be handed over. */
	readonly since: number;
}

/** What became of a message, to be written down. */
export interface Settled {
	readonly place: number;
	readonly state: Exclude<RecipientStatus, 'sending'>;
	/** Epoch milliseconds. */
	readonly at: number;
	readonly diagnostic?: string | undefined;
	/** Where the mail server refused it: whether the address is no good, or only this message. */
	readonly bounce?: 'hard' | 'soft' | undefined;
}

/** One that nobody knows of whether it was sent. */
export interface UnsureRecipient {
	readonly place: number;
	readonly cno: number | null;
	readonly address: string | null;
	/** ISO 8601, in UTC. */
	readonly at: string;
}
