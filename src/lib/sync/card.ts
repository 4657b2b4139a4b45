import * as z from 'zod/mini';
import { jsonFrom } from '$lib/json';
import { bytesFrom, toBase64 } from './base64';
import type { Membership } from './kept';
import type { Member, Room } from './protocol';
import { seal, unseal } from './sealed';

/** Who and what a device is, for the other members alone: the relay keeps it sealed. */
export interface Card {
	/** The person's name. */
	readonly name: string;
	/** The device in words: "Chrome on Windows". */
	readonly device: string;
	/** 65 bytes in base64, see `device-keys.ts`. */
	readonly publicKey: string;
}

const CardText = z.object({
	name: z.string().check(z.maxLength(200)),
	device: z.string().check(z.maxLength(200)),
	publicKey: z.string().check(z.maxLength(200))
});

export async function sealCard(key: CryptoKey, room: Room, card: Card): Promise<string> {
	const bytes = new TextEncoder().encode(JSON.stringify(card));
	return toBase64(await seal(key, room, 'card', bytes));
}

/** `undefined` for one that was sealed with another key, or reads as no card. */
export async function openCard(
	key: CryptoKey,
	room: Room,
	sealed: string
): Promise<Card | undefined> {
	const blob = bytesFrom(sealed);
	if (!blob.ok) return;
	const opened = await unseal(key, room, ['card'], blob.value);
	if (!opened.ok) return;
	const card = CardText.safeParse(jsonFrom(new TextDecoder().decode(opened.value.bytes)));
	return card.success ? card.data : undefined;
}

/** Cards of members by device; of those that do not open with the present key, as this device last knew them. */
export async function cardsOf(
	members: readonly Member[],
	membership: Membership
): Promise<ReadonlyMap<string, Card>> {
	const cards = new Map<string, Card>();
	for (const { device, card } of members.flatMap(({ devices }) => devices)) {
		const opened = await openCard(membership.key.key, membership, card);
		const known = opened ?? membership.cards?.get(device);
		if (known) cards.set(device, known);
	}
	return cards;
}
