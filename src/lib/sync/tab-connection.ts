import * as z from 'zod/mini';
import type * as Y from 'yjs';
import { sameJson } from '$lib/json';
import { askRelay, type Ask } from './ask';
import type { Card } from './card';
import { connectRoom, type Connection, type SyncState } from './connection';
import { showCard } from './join';
import { keepMembership, keptMembership, type Membership } from './kept';
import type { Peer, Place } from './presence';
import type { Role } from './protocol';

/** What a tab knows of the relay; the leading one by itself, the others from it. */
export interface Standing {
	readonly state: SyncState;
	readonly role: Role;
	readonly peers: readonly Peer[];
}

export interface TabConnection {
	/** `undefined` for a workspace that is this device's alone. */
	readonly membership: Membership | undefined;
	readonly standing: Standing | undefined;
	/** Where this tab is. The others see the tab that last said so. */
	be(place: Place | undefined): void;
	/** Notes cards that opened, for when they do not any more. */
	remember(cards: ReadonlyMap<string, Card>): Promise<void>;
	/** Joins a room, leaves it, or joins another; in all tabs. Resolves when it is kept. */
	become(membership: Membership | undefined): Promise<void>;
	/** Calls of the workspace's relay; only with a membership. */
	readonly ask: Ask | undefined;
	close(): void;
}

const Message = z.discriminatedUnion('type', [
	z.object({ type: z.literal('who') }),
	z.object({ type: z.literal('standing'), standing: z.optional(z.custom<Standing>()) }),
	z.object({ type: z.literal('here'), place: z.optional(z.custom<Place>()) }),
	z.object({ type: z.literal('membership') })
]);
type Message = z.infer<typeof Message>;

/**
 * One tab of this browser holds the connection to the relay, under a lock; when it closes, another takes over. Changes of
 * the document reach the other tabs by themselves.
 */
export function tabConnection(
	namespace: string,
	inner: Y.Doc,
	first: Membership | undefined,
	onchange: () => void,
	now: () => number = Date.now
): TabConnection {
	const channel = new BroadcastChannel(`${namespace}:relay`);
	const giveUp = new AbortController();
	let membership = first;
	let ask = first && askRelay(first.relay);
	let asked = first?.relay;
	let standing: Standing | undefined;
	let connection: Connection | undefined;
	let release: (() => void) | undefined;
	let place: Place | undefined = {};

	const post = (message: Message) => channel.postMessage(message);

	channel.onmessage = ({ data }: MessageEvent<unknown>) => {
		const parsed = Message.safeParse(data);
		if (!parsed.success) return; // of another version of the app
		const message = parsed.data;
		switch (message.type) {
			case 'who':
				return void (release && post({ type: 'standing', standing }));
			case 'standing':
				if (release) return; // two never lead: of one that is just ending
				standing = message.standing;
				return onchange();
			case 'here':
				return connection?.be(message.place);
			case 'membership':
				return void reread();
		}
	};
	navigator.locks
		.request(`${namespace}:relay`, { signal: giveUp.signal }, lead)
		.catch((error: unknown) => {
			if (!giveUp.signal.aborted) throw error;
		});
	post({ type: 'who' });

	function lead(): Promise<void> {
		const until = new Promise<void>((resolve) => (release = resolve));
		connect();
		return until;
	}

	function connect(): void {
		connection?.close();
		connection = undefined;
		if (!membership || !ask) return tell(undefined);
		const { role } = membership;
		const nothing = { waiting: 0, unreadable: 0, isFull: false };
		tell({ state: { status: 'connecting', ...nothing }, role, peers: [] });
		connection = connectRoom(
			membership,
			inner,
			ask,
			{
				onstate: (state) => standing && tell({ ...standing, state }),
				onrole: (role) => {
					if (standing) tell({ ...standing, role });
					if (membership) void keep({ ...membership, role });
				},
				onpeers: (peers) => standing && tell({ ...standing, peers }),
				onmoved: (moved) => void become(moved)
			},
			now
		);
		connection.be(place);
		if (membership.cardEpoch !== membership.epoch) void introduceAgain(membership, ask);
	}

	/** After the key was changed; where it fails, at the next start. */
	async function introduceAgain(as: Membership, through: Ask): Promise<void> {
		const shown = await showCard(as, through);
		if (shown.ok && membership?.epoch === as.epoch)
			await keep({ ...membership, cardEpoch: as.epoch });
	}

	function tell(next: Standing | undefined): void {
		standing = next;
		post({ type: 'standing', standing });
		onchange();
	}

	async function keep(next: Membership | undefined): Promise<void> {
		membership = next;
		await keepMembership(namespace, next);
	}

	async function become(next: Membership | undefined): Promise<void> {
		try {
			await keep(next);
			post({ type: 'membership' });
		} finally {
			// Also where it cannot be kept: this page goes on with it.
			joinAgain();
		}
	}

	async function reread(): Promise<void> {
		membership = await keptMembership(namespace);
		joinAgain();
	}

	function joinAgain(): void {
		// Who waits for an answer of the same relay still gets it.
		if (!membership || asked !== membership.relay) {
			ask?.close();
			ask = membership && askRelay(membership.relay);
			asked = membership?.relay;
		}
		if (release) connect();
		else if (!membership) standing = undefined;
		onchange();
	}

	return {
		get membership() {
			return membership;
		},
		get standing() {
			return standing;
		},
		get ask() {
			return ask;
		},
		be(next) {
			place = next;
			if (connection) connection.be(next);
			else post({ type: 'here', place: next });
		},
		async remember(cards) {
			// Asked again whenever somebody comes or goes, and then mostly as before.
			if (membership && !sameJson([...cards], [...(membership.cards ?? [])]))
				await keep({ ...membership, cards });
		},
		become,
		close() {
			giveUp.abort();
			release?.();
			connection?.close();
			ask?.close();
			channel.close();
		}
	};
}
