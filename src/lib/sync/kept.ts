import { keptValue } from '$lib/kept-value';
import type { Card } from './card';
import type { DeviceKeys } from './device-keys';
import type { Role } from './protocol';
import type { KeptKey } from './workspace-key';

/** What a device keeps of its place in a team, beside the workspace's document. */
export interface Membership {
	/** The relay's address. */
	readonly relay: string;
	readonly workspace: string;
	readonly member: string;
	readonly device: string;
	/** What the relay knows this device by. */
	readonly refresh: string;
	readonly role: Role;
	readonly epoch: number;
	readonly key: KeptKey;
	readonly deviceKeys: DeviceKeys;
	/** The person's name, as others see it. */
	readonly name: string;
	/** What the device is called: "Chrome on Windows". */
	readonly deviceName: string;
	/** With which epoch's key the card that the relay has of this device is sealed. */
	readonly cardEpoch: number;
	/** Cards of the others by device, as they last opened: those of who was away when the key changed do not any more. */
	readonly cards?: ReadonlyMap<string, Card> | undefined;
}

/** IndexedDB: its database is the workspace's own. */
export const teamDatabase = (namespace: string): string => `winnow-team:${namespace}`;

/** localStorage: the workspace is shared, so that all others start without any of this. */
export const sharedKey = (namespace: string): string => `${namespace}:shared`;

/** What this person is in the team, as last heard; nothing for a workspace that nobody shares. */
export function keptRole(namespace: string): string | undefined {
	try {
		return localStorage.getItem(sharedKey(namespace)) ?? undefined;
	} catch {
		return; // storage is refused, so nothing was kept
	}
}

export const isShared = (namespace: string): boolean => keptRole(namespace) !== undefined;

const membershipOf = (namespace: string) =>
	keptValue<Membership>(teamDatabase(namespace), 'membership');

/** `undefined` for a workspace that is this device's alone. */
export const keptMembership = (namespace: string): Promise<Membership | undefined> =>
	membershipOf(namespace).get();

/**
 * The same, also where the browser was killed before it had written its localStorage, which takes it up to a minute; then
 * that is put right.
 */
export async function wasShared(namespace: string): Promise<boolean> {
	if (isShared(namespace)) return true;
	// Asked for by its name, it would be made.
	const known = await indexedDB.databases().catch(() => []);
	if (!known.some(({ name }) => name === teamDatabase(namespace))) return false;
	const membership = await keptMembership(namespace);
	if (membership) localStorage.setItem(sharedKey(namespace), membership.role);
	return membership !== undefined;
}

/** Kept when it resolves; without a membership the workspace is this device's alone again. */
export async function keepMembership(
	namespace: string,
	membership: Membership | undefined
): Promise<void> {
	await membershipOf(namespace).set(membership);
	if (membership) localStorage.setItem(sharedKey(namespace), membership.role);
	else localStorage.removeItem(sharedKey(namespace));
}
