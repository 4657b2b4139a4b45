/** What is said on a relay's `/mail`: JSON text frames. Both sides parse with these. */
import * as z from 'zod/mini';
import { MailOffer } from './mail-offer';
import { AskError } from './protocol';

export const mailLimits = {
	/** Messages, in number, of one batch. */
	batch: 50,
	/** Bytes of a frame: a batch as JSON. */
	frame: 4 * 1024 * 1024,
	/** Letters of one message's HTML, and of its text. */
	body: 512 * 1024,
	/** Ids, in number, asked about at once. */
	ids: 500
} as const;

/** Whatever ends a line, or is no letter at all, is in none of these: no header can be made to hold another. */
const line = (longest: number) =>
	z.string().check(z.maxLength(longest), z.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u));

/** One address, without a name, quotes or a list. Whether anybody is there only its server knows. */
export const mailAddress =
	/^(?!\.)[^\s\p{C}"(),:;<>@[\]\\]{1,64}(?<!\.)@(?![-.])[\p{L}\p{M}\p{N}.-]{1,253}(?<![-.])$/u;

const Address = z.string().check(z.maxLength(320), z.regex(mailAddress), z.regex(/^(?!.*\.\.)/));

const Mailbox = z.object({ name: line(200), address: Address });
export type Mailbox = z.infer<typeof Mailbox>;

/** What a message is known by: a hash, the same whenever the same message is handed over. */
export const MailId = z.string().check(z.regex(/^[0-9A-Za-z_-]{22,80}$/));

/** Headers that may be given beside those that a message has anyway. */
const headerName =
	/^(?:List-(?:Unsubscribe(?:-Post)?|Id|Help)|Precedence|Feedback-ID|X-[A-Za-z0-9-]{1,60})$/i;

const Headers = z
	.record(
		z.string().check(z.regex(headerName)),
		z.string().check(z.maxLength(900), z.regex(/^[\x20-\x7e]*$/))
	)
	.check(z.refine((headers) => Object.keys(headers).length <= 20));

/** A message to one recipient. */
export const MailMessage = z.object({
	id: MailId,
	/** What `Message-ID` says before the sender's domain: a copy that is sent again on purpose has the first one's. */
	messageId: z.optional(MailId),
	to: Mailbox,
	from: Mailbox,
	replyTo: z.optional(Address),
	subject: line(900),
	html: z.string().check(z.maxLength(mailLimits.body)),
	text: z.string().check(z.maxLength(mailLimits.body)),
	headers: z._default(Headers, {})
});
export type MailMessage = z.infer<typeof MailMessage>;

const token = z.string().check(z.maxLength(2048));

/** What a device says. */
export const MailFrame = z.discriminatedUnion('type', [
	/** First, and again with a newer token: who this is. */
	z.object({ type: z.literal('hello'), token }),
	/** Asks what became of messages. */
	z.object({ type: z.literal('ask'), ids: z.array(MailId).check(z.maxLength(mailLimits.ids)) }),
	/** Hands over a batch. Each message is read on its own, so that a wrong one does not stop the others. */
	z.object({
		type: z.literal('send'),
		messages: z.array(z.looseObject({ id: MailId })).check(z.maxLength(mailLimits.batch))
	}),
	/** Those of the batch that were not begun are not wanted any more. */
	z.object({ type: z.literal('stop') })
]);
export type MailFrame = z.input<typeof MailFrame>;

/** When, in milliseconds since 1970 by the relay's clock; and the server's own answer, without addresses. */
const answered = { id: MailId, at: z.number(), code: z.number(), text: z.string() };

/** What became of a message. */
export const MailAnswer = z.discriminatedUnion('state', [
	/** The mail server took it. */
	z.object({ state: z.literal('sent'), ...answered }),
	/** The mail server refused it for good: its recipient, or what it says. */
	z.object({ state: z.literal('refused'), ...answered, of: z.enum(['recipient', 'content']) }),
	/** It was handed to the mail server, whose answer nobody heard. It may have been sent, or not. */
	z.object({ state: z.literal('unsure'), id: MailId }),
	/** It was not sent, and may be handed over again. `of`: what was in the way. */
	z.object({
		state: z.literal('failed'),
		id: MailId,
		of: z.enum(['recipient', 'content', 'sender', 'server', 'relay']),
		/** 0 where no server answered. */
		code: z.number(),
		text: z.string()
	}),
	/** The relay takes no such message. It was not sent. */
	z.object({ state: z.literal('invalid'), id: MailId, text: z.string() }),
	/** It was not begun, and not wanted any more. */
	z.object({ state: z.literal('stopped'), id: MailId }),
	/** It is being handed over at this moment: to be asked again. */
	z.object({ state: z.literal('pending'), id: MailId }),
	/** Nothing is known of it: it was never begun here. Only to `ask`. */
	z.object({ state: z.literal('unknown'), id: MailId })
]);
export type MailAnswer = z.infer<typeof MailAnswer>;

/** What a relay says. */
export const MailReply = z.discriminatedUnion('type', [
	z.object({ type: z.literal('ready'), offer: MailOffer }),
	z.object({ type: z.literal('known'), answers: z.array(MailAnswer) }),
	/** Of one message of the batch, as soon as it is known. */
	z.object({ type: z.literal('answer'), answer: MailAnswer }),
	/** All of the batch are answered. */
	z.object({ type: z.literal('end') }),
	/** To whatever was asked last. */
	z.object({ type: z.literal('refused'), error: AskError })
]);
export type MailReply = z.infer<typeof MailReply>;
