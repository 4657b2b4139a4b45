import {
	HocuspocusProvider,
	HocuspocusProviderWebsocket,
	WebSocketStatus
} from '@hocuspocus/provider';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { jsonFrom } from '$lib/json';
import type { Ask } from './ask';
import type { Membership } from './kept';
import { closeCodes, paths, RelayMessage, roomOf, type CallAnswer } from './protocol';

export interface RoomListener {
	/** `offline` also while it is being tried again. */
	onlink(link: 'connecting' | 'connected' | 'offline'): void;
	/** Both sides have what the other had. Again after each time the connection broke. */
	onsynced(): void;
	/** Let in: what the relay says of this device's member and of the workspace. */
	onadmitted(as: Pick<CallAnswer<'token'>, 'role' | 'epoch'>): void;
	onmessage(message: RelayMessage): void;
	/** The member was removed: no other attempt is made. */
	onremoved(): void;
	/**
	 * The relay never heard of this device, or not of its epoch: another database was put in its place, or an older one.
	 * That may be put right, so it is tried again, but slowly.
	 */
	onunknown(): void;
}

/** A workspace's room on its relay, and who else is there. */
export interface OpenRoom {
	readonly awareness: Awareness;
	/** Sends what the relay did not take when it was sent, and asks for what it has more. */
	sync(): void;
	/** Lets go of the connection, and does not try again. */
	disconnect(): void;
	close(): void;
}

/** Milliseconds between attempts: the first, and the longest. */
const [firstPause, longestPause] = [500, 15_000];

/**
 * Joins the room of a membership and keeps `outer` the same as the relay's document. Joins it again whenever the
 * connection broke, until it is closed.
 */
export function openRoom(
	membership: Membership,
	outer: Y.Doc,
	ask: Ask,
	on: RoomListener
): OpenRoom {
	let ended = false;
	let tokenTimer: ReturnType<typeof setTimeout> | undefined;
	let againTimer: ReturnType<typeof setTimeout> | undefined;
	let wasConnected = false;
	let isUnknown = false;

	const socket = new HocuspocusProviderWebsocket({
		url: membership.relay.replace(/\/$/, '') + paths.sync,
		delay: firstPause,
		minDelay: firstPause / 2,
		maxDelay: longestPause,
		onStatus: ({ status }) => {
			if (ended) return;
			wasConnected ||= status === 'connected';
			on.onlink(status === 'connected' ? 'connected' : wasConnected ? 'offline' : 'connecting');
		},
		// The first attempt has failed: it is no longer only slow.
		onDisconnect: () => !ended && on.onlink('offline'),
		onClose: ({ event }) => {
			if (event.code === closeCodes.removed) removed();
			else if (!ended && socket.status !== 'connected') on.onlink('offline');
		}
	});
	const provider = new HocuspocusProvider({
		websocketProvider: socket,
		name: roomOf(membership),
		document: outer,
		token: freshToken,
		onSynced: () => on.onsynced(),
		// Put out of the room by the relay, on a socket that stays open: only a new one is let in again.
		onClose: () => {
			if (socket.status === WebSocketStatus.Connected) tryAgain();
		},
		onStateless: ({ payload }) => {
			const message = RelayMessage.safeParse(jsonFrom(payload));
			if (!message.success) return; // of a newer relay
			if (message.data.type === 'removed') removed();
			else on.onmessage(message.data);
		},
		// There is no token now, or it was good a moment ago: another attempt, with another one.
		onAuthenticationFailed: tryAgain
	});
	provider.attach();

	/** Rejects where there is none. What is said without one would be kept for the next socket, and end that too. */
	async function freshToken(): Promise<string> {
		const answer = await ask.call('token', { refresh: membership.refresh });
		if (ended) throw new Error('The room was left.');
		if (!answer.ok) {
			const { type } = answer.error;
			if (type === 'removed') removed();
			if (type === 'unauthorised') unknown();
			throw new Error(answer.error.message);
		}
		if (answer.value.epoch < membership.epoch) {
			unknown();
			throw new Error('The relay has not come to this epoch.');
		}
		isUnknown = false;
		clearTimeout(tokenTimer);
		// Before it expires: a connection whose token has is cut.
		tokenTimer = setTimeout(() => void provider.sendToken(), answer.value.lasts * 0.7);
		on.onadmitted(answer.value);
		return answer.value.token;
	}

	function tryAgain(): void {
		if (ended) return;
		socket.disconnect();
		clearTimeout(againTimer);
		// Not all devices at once.
		const pause = (isUnknown ? longestPause / 5 : firstPause) * (3 + 2 * Math.random());
		againTimer = setTimeout(() => void socket.connect(), pause);
	}

	function unknown(): void {
		isUnknown = true;
		on.onunknown();
	}

	function removed(): void {
		if (ended) return;
		disconnect();
		on.onremoved();
	}

	function disconnect(): void {
		ended = true;
		clearTimeout(tokenTimer);
		clearTimeout(againTimer);
		socket.disconnect();
	}

	return {
		awareness: provider.awareness!, // made by the provider, as no other was given
		sync: () => provider.forceSync(),
		disconnect,
		close() {
			disconnect();
			provider.destroy();
			socket.destroy();
		}
	};
}
