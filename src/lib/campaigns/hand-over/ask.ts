import type { MessageContent, MessageContext } from '$lib/campaigns/content/message';
import type { Field } from '$lib/fields/field';
import type { Sender } from '$lib/workspace/campaigns';

/** What is said by whom, and all that it is read with: plain JSON, so that it can be frozen as it is. */
export interface HandOverAsk {
	readonly content: MessageContent;
	readonly sender: Sender;
	readonly fields: readonly Field[];
	/** The ids of the segments there are. */
	readonly segments: readonly string[];
	/** IANA name. */
	readonly zone: string;
	/** BCP 47. */
	readonly locale?: string | undefined;
}

/** What a message is read with. */
export const contextOf = ({
	fields,
	segments,
	zone,
	locale
}: Omit<HandOverAsk, 'content' | 'sender'>): MessageContext => ({
	fields: new Map(fields.map((field) => [field.id, field])),
	segments: new Set(segments),
	zone,
	locale
});

/** One of a frozen audience, as far as handing over needs to know. */
export interface HandOverRecipient {
	readonly place: number;
	/** Null of who was erased since. */
	readonly cno: number | null;
	readonly uid: string | null;
	/** As it was frozen. */
	readonly address: string | null;
	/** For each dynamic block, the index of the variant; −1 for the otherwise. */
	readonly variants: readonly number[];
}

/** Where the frozen audiences are. */
export interface Recipients {
	count(run: string): Promise<number>;
	/** Those at the `limit` places of a run from one on, in their order, but for whom it was withheld from before. */
	from(run: string, place: number, limit: number): Promise<readonly HandOverRecipient[]>;
}
