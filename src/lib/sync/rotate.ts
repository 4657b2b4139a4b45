import * as Y from 'yjs';
import { err, ok, type Result } from '$lib/result';
import type { Ask, AskFailure } from './ask';
import { bytesFrom } from './base64';
import { cardsOf } from './card';
import type { Membership } from './kept';
import { nextEpoch } from './next-epoch';
import { roots, type Member, type NextEpoch } from './protocol';
import { openRoom } from './room';
import { newKey } from './workspace-key';

/**
 * Gives the workspace a new key and room, to be read by these members alone. All their devices that can be given the
 * key move there by themselves; `left` are those whose card does not open or has no key, which must be invited again.
 */
export async function rotateKey(
	membership: Membership,
	ask: Ask,
	members: readonly Member[]
): Promise<Result<{ left: number }, AskFailure>> {
	const current = await ask.call('token', { refresh: membership.refresh });
	if (!current.ok) return current;
	if (current.value.epoch !== membership.epoch) return err(overtaken);
	const publicKeys = new Map<string, Uint8Array>();
	const devices = members.flatMap((member) => member.devices);
	for (const [device, card] of await cardsOf(members, membership)) {
		const publicKey = bytesFrom(card.publicKey);
		if (publicKey.ok) publicKeys.set(device, publicKey.value);
	}
	const next = await nextEpoch(membership, newKey(), publicKeys);
	const announced = await announce(membership, ask, next);
	if (!announced.ok) return announced;
	const token = await ask.call('token', { refresh: membership.refresh });
	if (!token.ok) return token;
	const rotated = await ask.call('rotate', {
		token: token.value.token,
		epoch: membership.epoch + 1
	});
	return rotated.ok ? ok({ left: devices.length - Object.keys(next.wraps).length }) : rotated;
}

/** Somebody else made a new key, which this device has not come to yet. */
const overtaken: AskFailure = { type: 'tooMany', message: 'Another key was made just now.' };

/** Milliseconds until a relay that does not store the announcement has failed. */
const patience = 20_000;

/** Puts the next epoch into the room, and waits until the relay has it on disk. */
function announce(
	membership: Membership,
	ask: Ask,
	next: NextEpoch
): Promise<Result<void, AskFailure>> {
	const outer = new Y.Doc();
	return new Promise((resolve) => {
		const end = (result: Result<void, AskFailure>) => {
			clearTimeout(timer);
			room.close();
			outer.destroy();
			resolve(result);
		};
		const timer = setTimeout(
			() => end(err({ type: 'unreachable', message: 'The relay does not answer.' })),
			patience
		);
		let due = Infinity;
		const room = openRoom(membership, outer, ask, {
			onlink() {},
			onadmitted: ({ epoch }) => epoch !== membership.epoch && end(err(overtaken)),
			onremoved: () => end(err({ type: 'removed', message: 'This device was removed.' })),
			onunknown: () =>
				end(err({ type: 'unauthorised', message: 'This relay does not know this device.' })),
			onsynced() {
				if (due < Infinity) return;
				outer.getMap(roots.meta).set('next', next);
				due = Y.getState(outer.store, outer.clientID);
			},
			onmessage(message) {
				if (message.type !== 'stored') return;
				const stored = new Map(message.to).get(outer.clientID) ?? 0;
				if (stored >= due) end(ok(undefined));
			}
		});
	});
}
