import type { beforeHandleAwarenessPayload, Connection } from '@hocuspocus/server';
import { limits, Presence } from '$lib/sync/protocol';
import type { Seated } from './access';

/**
 * Lets through only what a connection may say: of itself, sealed, and under its own name. A client number belongs to
 * whose connection used it first; the same member may come back under it before the old connection is gone.
 */
export class PresenceGuard {
	readonly #own = new WeakMap<Connection<Seated>, Set<number>>();

	check({ states, awareness, connection }: beforeHandleAwarenessPayload<Seated>): void {
		// From another relay, which looked at it.
		if (!connection) return;
		const user = connection.context.seat.claims.sub;
		const own = this.#own.get(connection) ?? new Set();
		this.#own.set(connection, own);
		for (const [client, state] of states) {
			const read = Presence.safeParse(state);
			const before = awareness.getStates().get(client);
			const isTaken = before !== undefined && before.user !== user;
			const isOne = own.has(client) || own.size < limits.presences;
			if (!read.success || isTaken || !isOne) {
				states.delete(client);
				continue;
			}
			own.add(client);
			states.set(client, { e: read.data.e, user });
		}
	}
}
