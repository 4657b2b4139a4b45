import { randomId } from '$lib/workspace/random-id';
import { err, ok, type Result } from '$lib/result';
import { askRelay, type Ask, type AskFailure } from './ask';
import { bytesFrom, toBase64, toBase64Url } from './base64';
import { sealCard } from './card';
import { newDeviceKeys, publicKeyOf } from './device-keys';
import type { Invitation } from './invitation';
import type { Membership } from './kept';
import type { Role, Room } from './protocol';
import { keepKey, newKey, rawKey } from './workspace-key';

/** Who joins, as the other members will see it. */
export interface Newcomer {
	readonly name: string;
	/** "Chrome on Windows" */
	readonly device: string;
}

/** Makes a new room on a relay for a workspace that was this device's alone. Who does is its owner. */
export async function createTeam(
	relay: string,
	who: Newcomer,
	createToken?: string
): Promise<Result<Membership, AskFailure>> {
	const room: Room = { workspace: randomId(22), epoch: 0 };
	const { card, ...mine } = await introduce(newKey(), room, who);
	const ask = askRelay(relay);
	const made = await ask.call('create', {
		...{ workspace: room.workspace, card, device: mine.device },
		...(createToken && { createToken })
	});
	ask.close();
	if (!made.ok) return made;
	const { member, refresh } = made.value;
	return ok({ relay, ...room, ...mine, member, refresh, role: 'owner' });
}

/** Redeems an invitation. `invalid` too where its key is none. */
export async function joinTeam(
	{ relay, workspace, epoch, invitation, key }: Invitation,
	who: Newcomer
): Promise<Result<Membership, AskFailure>> {
	const raw = bytesFrom(key);
	if (!raw.ok || raw.value.length !== 32)
		return err({ type: 'invalid', message: 'The key of the invitation is incomplete.' });
	const room = { workspace, epoch };
	const { card, ...mine } = await introduce(raw.value, room, who);
	const ask = askRelay(relay);
	const redeemed = await ask.call('redeem', { invitation, card, device: mine.device });
	ask.close();
	if (!redeemed.ok) return redeemed;
	if (redeemed.value.workspace !== workspace)
		return err({ type: 'invalid', message: 'The invitation is for another workspace.' });
	const { member, refresh, role } = redeemed.value;
	return ok({ relay, ...room, ...mine, member, refresh, role });
}

/** An invitation with this role, to be used once within 72 hours. Whoever has its link can use it. */
export async function invite(
	membership: Membership,
	ask: Ask,
	role: Role
): Promise<Result<Invitation, AskFailure>> {
	const token = await ask.call('token', { refresh: membership.refresh });
	if (!token.ok) return token;
	const made = await ask.call('invite', { token: token.value.token, role, uses: 1, hours: 72 });
	if (!made.ok) return made;
	const { relay, workspace, epoch } = membership;
	const key = toBase64Url(await rawKey(membership.key));
	return ok({ relay, workspace, epoch, invitation: made.value.invitation, key });
}

/** Gives the relay this device's card anew, sealed with the key of its present epoch, for the others to know it by. */
export async function showCard(
	membership: Membership,
	ask: Ask
): Promise<Result<void, AskFailure>> {
	const token = await ask.call('token', { refresh: membership.refresh });
	if (!token.ok) return token;
	const card = await sealedCard(membership.key.key, membership, membership);
	const put = await ask.call('putCard', { token: token.value.token, card });
	return put.ok ? ok(undefined) : put;
}

async function introduce(raw: Uint8Array, room: Room, { name, device: deviceName }: Newcomer) {
	const [key, deviceKeys] = await Promise.all([keepKey(raw), newDeviceKeys()]);
	const mine = { key, deviceKeys, name, deviceName, cardEpoch: room.epoch };
	return { card: await sealedCard(key.key, room, mine), device: randomId(22), ...mine };
}

async function sealedCard(
	key: CryptoKey,
	room: Room,
	{ name, deviceName, deviceKeys }: Pick<Membership, 'name' | 'deviceName' | 'deviceKeys'>
): Promise<string> {
	const publicKey = toBase64(await publicKeyOf(deviceKeys));
	return sealCard(key, room, { name, device: deviceName, publicKey });
}
