import * as z from 'zod/mini';

const Offer = z.object({ url: z.nullable(z.url({ protocol: /^wss?$/ })) });

/** The relay that the app's own server names, if it has one: the app then needs no address typed in. */
export async function offeredRelay(): Promise<string | undefined> {
	try {
		const answer = await fetch(new URL('./relay.json', document.baseURI));
		const offer = Offer.safeParse(await answer.json());
		return (offer.success && offer.data.url) || undefined;
	} catch {
		return undefined; // offline, and nothing is offered then
	}
}
