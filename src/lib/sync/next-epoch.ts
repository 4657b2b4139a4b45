import * as z from 'zod/mini';
import { openFor, sealFor } from './device-keys';
import type { Membership } from './kept';
import type { NextEpoch } from './protocol';
import { seal, unseal } from './sealed';
import { keepKey } from './workspace-key';

const Next = z.object({
	epoch: z.number(),
	wraps: z.record(
		z.string(),
		z.custom<Uint8Array>((value) => value instanceof Uint8Array)
	)
});

/**
 * The next epoch's key for each of these devices, by their ids. Each is sealed for its device, and that once more with
 * the present key: who has not got that one (the relay) cannot slip in a key of its own. A device whose public key is
 * none is not among those that are given it.
 */
export async function nextEpoch(
	membership: Membership,
	raw: Uint8Array,
	publicKeys: ReadonlyMap<string, Uint8Array>
): Promise<NextEpoch> {
	const wraps = [...publicKeys].map(async ([device, publicKey]) => {
		const sealed = await sealFor(publicKey, raw);
		if (!sealed.ok) return [];
		return [[device, await seal(membership.key.key, membership, 'card', sealed.value)] as const];
	});
	return {
		epoch: membership.epoch + 1,
		wraps: Object.fromEntries((await Promise.all(wraps)).flat())
	};
}

/** This device's place in the next epoch; `undefined` where it was given no key for it. */
export async function nextMembership(
	membership: Membership,
	announced: unknown
): Promise<Membership | undefined> {
	const next = Next.safeParse(announced);
	if (!next.success || next.data.epoch !== membership.epoch + 1) return;
	const wrap = new Map(Object.entries(next.data.wraps)).get(membership.device);
	const sealed = await unseal(membership.key.key, membership, ['card'], wrap);
	if (!sealed.ok) return;
	const raw = await openFor(membership.deviceKeys, sealed.value.bytes);
	if (!raw.ok || raw.value.length !== 32) return;
	return { ...membership, epoch: next.data.epoch, key: await keepKey(raw.value) };
}
