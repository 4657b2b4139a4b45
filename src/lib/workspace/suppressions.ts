import * as z from 'zod/mini';
import type { Edit } from './gesture';
import { compare } from './order';
import { readRegister, type Registers } from './registers';

export const SuppressionReason = z.enum(['hardBounce', 'complaint', 'unsubscribed', 'manual']);
export type SuppressionReason = z.infer<typeof SuppressionReason>;

/** An address that nothing may be sent to, which the document knows only as a keyed hash. */
export interface HashedSuppression {
	/** The first 128 bits of its HMAC-SHA-256, 22 letters of base64 for addresses. */
	readonly hash: string;
	readonly why: SuppressionReason;
	/** Epoch milliseconds. */
	readonly at: number;
}

/** Hashes, in number, that a document is given: of some 70 bytes each, so that they leave room for all else. */
export const mostSuppressions = 50_000;

/** Keys, in number, that are looked at. More than one are there only where devices made theirs while apart. */
const mostKeys = 4;

const keyPrefix = 'suppressionKey';
const Key = z.string().check(z.regex(/^[\w-]{43}$/));
const Suppression = z.looseObject({ at: z.number() });

/**
 * The keys that addresses are hashed with, 32 bytes each in base64 for addresses. The first, the smallest text, is the one
 * to hash with: so all devices agree without asking. What was hashed with another can still be compared.
 */
export function readSuppressionKeys(registers: Registers): readonly string[] {
	return [...registers.keys('meta', keyPrefix)]
		.flatMap((name) => readRegister(registers, 'meta', name, Key, []) ?? [])
		.sort(compare)
		.slice(0, mostKeys);
}

/** The hashes whose register is not among `known`, each with the name of its register. */
export function readSuppressions(
	registers: Registers,
	known: ReadonlySet<string> = new Set()
): ReadonlyMap<string, HashedSuppression> {
	const found = new Map<string, HashedSuppression>();
	for (const hash of registers.owners('suppressions'))
		for (const name of registers.keys('suppressions', hash)) {
			if (known.has(name)) continue;
			const why = SuppressionReason.safeParse(name.slice(hash.length + 1));
			const said = readRegister(registers, 'suppressions', name, Suppression, []);
			if (/^[\w-]{22}$/.test(hash) && why.success && said)
				found.set(name, { hash, why: why.data, at: said.at });
		}
	return found;
}

/** A key of this device's own, where the document has none. */
export function putSuppressionKey(edit: Edit, id: string, key: string): void {
	if (readSuppressionKeys(edit).length === 0) edit.write('meta', `${keyPrefix}/${id}`, key);
}

/** Adds what the document does not know yet. Nothing of it is ever taken away. */
export function putSuppressions(edit: Edit, suppressions: readonly HashedSuppression[]): void {
	for (const { hash, why, at } of suppressions) {
		const name = `${hash}/${why}`;
		if (edit.raw('suppressions', name) === undefined) edit.write('suppressions', name, { at });
	}
}
