import type {
	beforeHandleAwarenessPayload,
	Extension,
	onAuthenticatePayload,
	onDisconnectPayload,
	onTokenSyncPayload
} from '@hocuspocus/server';
import { closeCodes } from '$lib/sync/protocol';
import type { Access, Seat, Seated } from './access';
import { PresenceGuard } from './presence';
import { Refusal } from './safe';

/** Lets members into their rooms, as what they are. */
export function gate(access: Access): Extension<Seated> {
	const presence = new PresenceGuard();
	return {
		priority: 3000,
		async onAuthenticate(asked: onAuthenticatePayload<Seated>): Promise<{ seat: Seat }> {
			const { token, documentName, connectionConfig, context } = asked;
			try {
				const seat = await access.admit(token, documentName);
				connectionConfig.readOnly = access.isReadOnly(seat, documentName);
				context.socket.admit();
				return { seat };
			} catch (error) {
				context.socket.rooms.delete(documentName);
				// Who was refused for no fault of theirs comes back; to be told "denied" they would take for an answer.
				if (!(error instanceof Refusal)) context.socket.cut(closeCodes.restart, 'unavailable');
				throw error;
			}
		},
		async onTokenSync({ token, context }: onTokenSyncPayload<Seated>): Promise<void> {
			await access.renew(context.seat, token);
		},
		async beforeHandleAwareness(asked: beforeHandleAwarenessPayload<Seated>): Promise<void> {
			presence.check(asked);
		},
		async onDisconnect({ context, documentName }: onDisconnectPayload<Seated>): Promise<void> {
			context.socket.rooms.delete(documentName);
		}
	};
}
