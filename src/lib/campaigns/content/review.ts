import { readMessage } from './compile';
import type { ContentIssue, MessageContent, MessageContext, Place } from './message';

/** A field that a message uses. */
export interface FieldUse {
	/** Its id. */
	readonly field: string;
	/** The first place where nothing stands for it for those without a value; nothing where something always does. */
	readonly bare?: Place | undefined;
}

/** What there is to review about what a message says. */
export interface ContentReview {
	readonly issues: readonly ContentIssue[];
	/** In the order in which they first stand there. */
	readonly fields: readonly FieldUse[];
	/** The segments that its variants are for. */
	readonly segments: readonly string[];
}

export function reviewContent(content: MessageContent, context: MessageContext): ContentReview {
	const { message, issues, bare } = readMessage(content, context);
	const segments = message.variants.flat().filter((segment) => segment !== undefined);
	return {
		issues,
		fields: message.fields.map(({ id }) => ({ field: id, bare: bare.get(id) })),
		segments: [...new Set(segments)]
	};
}
