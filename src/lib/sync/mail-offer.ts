import * as z from 'zod/mini';

/** What a relay with a mail server says of it. */
export const MailOffer = z.object({
	/** Addresses that may be written from, and domains: `news@shop.example`, `shop.example`. In small letters. */
	senders: z.array(z.string()),
	/** Messages a second, at most, for all workspaces of the relay. */
	perSecond: z.number(),
	/** Which memory of sent messages this is: another relay, or one that lost its own, has another. */
	store: z.string().check(z.regex(/^[0-9A-Za-z]{22}$/))
});
export type MailOffer = z.infer<typeof MailOffer>;

/** Whether a relay takes messages from this address. A domain is not its subdomains. */
export function maySend(address: string, senders: readonly string[]): boolean {
	const small = address.toLowerCase();
	return senders.includes(small) || senders.includes(small.slice(small.lastIndexOf('@') + 1));
}
