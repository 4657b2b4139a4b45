import type { Awareness } from 'y-protocols/awareness';
import * as z from 'zod/mini';
import { jsonFrom } from '$lib/json';
import { bytesFrom, toBase64 } from './base64';
import type { Membership } from './kept';
import { Presence } from './protocol';
import { seal, unseal } from './sealed';

/** Where somebody is: at a segment, and maybe at a node of its rule. A hint, never a lock. */
export interface Place {
	readonly segment?: string | undefined;
	readonly node?: string | undefined;
}

/** Somebody else who is here: another member, or another device of the same one. */
export interface Peer extends Place {
	readonly client: number;
	readonly member: string;
	readonly name: string;
}

const Said = z.object({
	name: z.string().check(z.maxLength(200)),
	segment: z.optional(z.string().check(z.maxLength(32))),
	node: z.optional(z.string().check(z.maxLength(32)))
});

/** At most one message in so many milliseconds. */
const pause = 200;

/** Presence of a room, sealed like everything else; the relay adds only which member says it. */
export function sealedPresence(
	awareness: Awareness,
	membership: Membership,
	onpeers: (peers: readonly Peer[]) => void
): { be(place: Place | undefined): void; stop(): void } {
	const { key } = membership.key;
	/** What was opened, by what it was sealed as: most states of an update have not changed. */
	let opened = new Map<string, Peer>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let place: Place | undefined = {};
	let stopped = false;
	let reading = 0;

	async function say(): Promise<void> {
		timer = undefined;
		if (!place) return awareness.setLocalState(null);
		const text = JSON.stringify({ name: membership.name, ...place });
		const sealed = await seal(key, membership, 'presence', new TextEncoder().encode(text));
		if (!stopped) awareness.setLocalState({ e: toBase64(sealed), user: membership.member });
	}

	async function read(): Promise<void> {
		const turn = ++reading;
		const states = [...awareness.getStates()].filter(([client]) => client !== awareness.clientID);
		const next = new Map<string, Peer>();
		for (const [client, state] of states) {
			const said = Presence.safeParse(state);
			if (!said.success || said.data.user === undefined) continue;
			const name = `${client} ${said.data.user} ${said.data.e}`;
			const peer = opened.get(name) ?? (await open(client, said.data.user, said.data.e));
			if (peer) next.set(name, peer);
		}
		if (stopped || turn !== reading) return;
		opened = next;
		onpeers([...next.values()]);
	}

	async function open(client: number, member: string, e: string): Promise<Peer | undefined> {
		const blob = bytesFrom(e);
		if (!blob.ok) return;
		const unsealed = await unseal(key, membership, ['presence'], blob.value);
		if (!unsealed.ok) return;
		const said = Said.safeParse(jsonFrom(new TextDecoder().decode(unsealed.value.bytes)));
		return said.success ? { client, member, ...said.data } : undefined;
	}

	const onchange = () => void read();
	awareness.on('change', onchange);
	void say();

	return {
		be(next) {
			place = next;
			timer ??= setTimeout(() => void say(), pause);
		},
		stop() {
			stopped = true;
			clearTimeout(timer);
			awareness.off('change', onchange);
		}
	};
}
