import * as z from 'zod/mini';
import { err, ok, type Result } from '$lib/result';
import { BlobId } from './protocol';

/** What the link of a hand-off says, all of it behind the `#`. The relay is told `blob` alone. */
export interface HandOff {
	/** The relay's address: `wss://…`, or `ws://` on this machine. */
	readonly relay: string;
	readonly blob: string;
	/** Used for this one file: 32 bytes in base64 for addresses. */
	readonly key: string;
}

const Linked = z.object({
	relay: z.url({ protocol: /^wss?$/ }),
	blob: BlobId,
	key: z.string().check(z.regex(/^[\w-]{43}$/))
});

/** The part of an address behind the `#`: `/receive?…`. */
export const receiveAddress = ({ relay, blob, key }: HandOff): string =>
	`/receive?${new URLSearchParams({ relay, blob, key })}`;

/** Reads what `receiveAddress` wrote; `incomplete` where a part is missing or was cut off. */
export function handOffFrom(parameters: URLSearchParams): Result<HandOff, 'incomplete'> {
	const linked = Linked.safeParse(Object.fromEntries(parameters));
	return linked.success ? ok(linked.data) : err('incomplete');
}
