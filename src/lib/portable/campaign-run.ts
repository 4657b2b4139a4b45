import * as z from 'zod/mini';
import { recipientStatuses } from '$lib/campaigns/run/run';
import { storableJson } from './logs';
import { Id, Instant, storableText, Text } from './id';

/** An audience that was frozen when a campaign was sent. */
export const PortableRun = z.object({
	id: Id,
	campaign: Id,
	ref: z.string().check(z.minLength(1), storableText),
	/** As of when it was evaluated. */
	at: Instant,
	how: z.enum(['file', 'messages', 'smtp']),
	/** What they get, the rules they were chosen by, the moment and the counts: as it was hashed. */
	frozen: storableJson,
	reach: z.int().check(z.gte(0)),
	hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
	state: z.enum(['frozen', 'sent'])
});
export type PortableRun = z.infer<typeof PortableRun>;

/** One of those it went to. Of who was erased since, there is a hash in place of the contact. */
export const PortableRecipient = z
	.object({
		run: Id,
		place: z.int().check(z.gte(0)),
		/** The uid of a contact, which may be gone. */
		contact: z.optional(z.nullable(Id)),
		/** SHA-256 of the uid of who was erased. */
		hash: z.optional(z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/)))),
		/** To which it went. */
		address: z.optional(z.nullable(Text)),
		variants: z.array(z.int().check(z.gte(-1))),
		/** Of what was included, by place from 0 on: what it was in. Left out where that was not kept. */
		sources: z.optional(z.nullable(z.array(z.int32().check(z.gte(0))))),
		status: z.enum(recipientStatuses),
		at: Instant,
		diagnostic: z.optional(z.nullable(Text)),
		messageId: z.optional(z.nullable(Text))
	})
	.check(
		z.refine(({ contact, hash }) => Boolean(contact) !== Boolean(hash), {
			error: 'there must be either a contact or a hash'
		})
	);
export type PortableRecipient = z.infer<typeof PortableRecipient>;
