import * as Y from 'yjs';
import { pause } from '$lib/pause';
import type { Ask } from './ask';
import type { Membership } from './kept';
import { nextMembership } from './next-epoch';
import { sealedPresence, type Peer, type Place } from './presence';
import { roots, type RelayMessage, type Role } from './protocol';
import { openRoom } from './room';
import { sealedLog } from './sealed-log';

/** How a workspace's document stands with its relay. */
export type SyncState = {
	/** Changes that the relay does not have on disk. */
	readonly waiting: number;
	/** What others changed and this device cannot read: this app is too old for it, or it is damaged. */
	readonly unreadable: number;
	/** The room has no space left. Only an owner is told so beside all else: who can make it smaller, and is still heard. */
	readonly isFull: boolean;
} & (
	| { readonly status: 'connecting' | 'offline' | 'syncing' }
	/** The relay has everything on disk, since `at` (epoch milliseconds). */
	| { readonly status: 'stored'; readonly at: number }
	| { readonly status: 'refused'; readonly reason: Refusal }
);

/**
 * - `removed`: this device's member was removed
 * - `unknown`: the relay does not know this workspace, or not this far. The right one may be back at any time
 * - `full`: the room has no space left for what an editor writes
 * - `keyless`: the key was changed, and this device was not given the new one
 */
export type Refusal = 'removed' | 'unknown' | 'full' | 'keyless';

export interface ConnectionListener {
	onstate(state: SyncState): void;
	onrole(role: Role): void;
	onpeers(peers: readonly Peer[]): void;
	/** The workspace has a new key and room: this connection has ended, and the next is made with what is given. */
	onmoved(membership: Membership): void;
}

export interface Connection {
	/** Where the person is, for the others to see; nothing while nobody looks. */
	be(place: Place | undefined): void;
	close(): void;
}

/** The log is looked at so many milliseconds after the last change was stored. */
const compactAfter = 5_000;
/** Milliseconds by which one relay may be behind another. */
const longestGap = 5_000;

/** Joins the workspace's room and keeps `inner` the same as it, for as long as it is not closed. */
export function connectRoom(
	membership: Membership,
	inner: Y.Doc,
	ask: Ask,
	on: ConnectionListener,
	now: () => number
): Connection {
	let { role, epoch } = membership;
	let link: 'connecting' | 'connected' | 'offline' = 'connecting';
	let hasMet = false;
	let isFull = false;
	let storedAt = 0;
	let refusal: Refusal | undefined;
	let closed = false;
	let compactTimer: ReturnType<typeof setTimeout> | undefined;
	let keylessTimer: ReturnType<typeof setTimeout> | undefined;
	let told = '';

	const outer = new Y.Doc();
	const log = sealedLog({
		...{ outer, inner, room: membership },
		key: membership.key.key,
		writes: () => role !== 'viewer' && !isShutOut() && refusal === undefined,
		settle: () => (isFirst() ? Promise.resolve() : pause(1_000 + 4_000 * Math.random())),
		onchange: tell
	});
	const room = openRoom(membership, outer, ask, {
		onlink(next) {
			link = next;
			if (link !== 'connected') hasMet = false;
			// The relay says it again if it still is.
			else isFull = false;
			tell();
		},
		onsynced: () => void meet(),
		onadmitted(as) {
			if (refusal === 'unknown') refusal = undefined;
			become(as.role);
			epoch = as.epoch;
			void follow();
		},
		onmessage: hear,
		onremoved: () => refuse('removed'),
		onunknown: () => refuse('unknown')
	});
	const presence = sealedPresence(room.awareness, membership, on.onpeers);
	outer.getMap(roots.meta).observe(() => void follow());

	async function meet(): Promise<void> {
		await log.meet();
		if (closed) return;
		hasMet = true;
		storedAt = now();
		tell();
		compactLater();
		void follow();
	}

	/** Whether this device is to fill the room: of a new workspace, or after a new key, which an owner made. */
	const isFirst = () => membership.epoch === 0 || role === 'owner';

	function hear(message: RelayMessage): void {
		switch (message.type) {
			case 'stored':
				for (const [client, clock] of message.to) log.stored(client, clock);
				if (log.waiting === 0) storedAt = now();
				tell();
				return compactLater();
			case 'role':
				return become(message.role);
			case 'rotated':
				epoch = message.epoch;
				return void follow();
			case 'full':
				isFull = true;
				tell();
				return compactLater();
			case 'fits':
				isFull = false;
				return again();
			case 'removed': // told by the room itself
		}
	}

	function become(next: Role): void {
		if (next === role) return;
		role = next;
		on.onrole(next);
		again();
	}

	/** Tells what could not be told before. */
	function again(): void {
		tell();
		if (!hasMet) return;
		room.sync();
		void meet();
	}

	/** Of an editor, where only owners may write. */
	const isShutOut = () => isFull && role === 'editor';

	/**
	 * Goes on in the next epoch's room, once the relay says that it is the current one and all of this one was read: what is
	 * in it alone would stay behind.
	 */
	async function follow(): Promise<void> {
		if (closed || !hasMet || epoch <= membership.epoch) return;
		const next = announced();
		if (next === undefined) {
			tell();
			// Where it goes on was swept long ago, unless it is yet to come from another relay.
			keylessTimer ??= setTimeout(() => {
				if (announced() === undefined) refuse('keyless');
			}, longestGap);
			return;
		}
		const [moved] = await Promise.all([nextMembership(membership, next), log.settled()]);
		if (closed) return;
		if (!moved) return refuse('keyless');
		close();
		on.onmoved({ ...moved, role });
	}

	const announced = (): unknown => outer.getMap(roots.meta).get('next');

	function refuse(why: Refusal): void {
		refusal ??= why;
		if (why === 'keyless') room.disconnect();
		tell();
	}

	function compactLater(): void {
		clearTimeout(compactTimer);
		// Not all devices at once.
		compactTimer = setTimeout(() => void log.compact(isFull), compactAfter * (1 + Math.random()));
	}

	function tell(): void {
		if (closed) return;
		const state = stateNow();
		const text = JSON.stringify(state);
		if (text === told) return;
		told = text;
		on.onstate(state);
	}

	function stateNow(): SyncState {
		const { waiting, unreadable } = log;
		const counts = { waiting, unreadable, isFull: isFull && role === 'owner' };
		if (refusal) return { status: 'refused', reason: refusal, ...counts };
		if (link !== 'connected') return { status: link, ...counts };
		// On the way to the next room nothing more is said of this one.
		if (!hasMet || epoch > membership.epoch) return { status: 'connecting', ...counts };
		if (isShutOut()) return { status: 'refused', reason: 'full', ...counts };
		if (waiting > 0) return { status: 'syncing', ...counts };
		return { status: 'stored', at: storedAt, ...counts };
	}

	function close(): void {
		if (closed) return;
		closed = true;
		clearTimeout(compactTimer);
		clearTimeout(keylessTimer);
		presence.stop();
		log.stop();
		room.close();
		outer.destroy();
	}

	return { be: presence.be, close };
}
