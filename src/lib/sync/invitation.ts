import * as z from 'zod/mini';
import { err, ok, type Result } from '$lib/result';
import { WorkspaceId } from './protocol';

/**
 * What an invitation's link says. All of it is behind the `#`: a browser sends none of it to the server that the app comes
 * from, and the relay sees only `invitation`.
 */
export interface Invitation {
	/** The relay's address: `wss://…`, or `ws://` on this machine. */
	readonly relay: string;
	readonly workspace: string;
	readonly epoch: number;
	/** `<id>.<secret>`, to be redeemed once. */
	readonly invitation: string;
	/** The workspace's key of this epoch, 32 bytes in base64 for addresses. */
	readonly key: string;
}

const Invited = z.object({
	relay: z.url({ protocol: /^wss?$/ }),
	workspace: WorkspaceId,
	epoch: z.coerce.number().check(z.int(), z.gte(0)),
	invitation: z.string().check(z.regex(/^[0-9A-Za-z]{22}\.[\w-]{16,64}$/)),
	key: z.string().check(z.regex(/^[\w-]{43}$/))
});

/** The part of an address behind the `#`: `/join?…`. */
export const joinAddress = ({ epoch, ...invitation }: Invitation): string =>
	`/join?${new URLSearchParams({ ...invitation, epoch: `${epoch}` })}`;

/** Reads what `joinAddress` wrote; `incomplete` where a part is missing or was cut off. */
export function invitationFrom(parameters: URLSearchParams): Result<Invitation, 'incomplete'> {
	const invited = Invited.safeParse(Object.fromEntries(parameters));
	return invited.success ? ok(invited.data) : err('incomplete');
}

/** The invitation in a link that was pasted, with whatever app's address before its `#`. */
export function invitationIn(link: string): Result<Invitation, 'incomplete'> {
	const parameters = /#\/join\?(\S+)/.exec(link)?.[1];
	return parameters === undefined
		? err('incomplete')
		: invitationFrom(new URLSearchParams(parameters));
}
