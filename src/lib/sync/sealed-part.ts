import { ok, type Result } from '$lib/result';
import { limits, partBoundTo } from './protocol';
import { sealLength, sealTo, unsealFrom, type SealFailure } from './sealed';

/** Which part of which whole: sealed in, so that none can be left out, swapped or doubled. */
export interface PartPlace {
	readonly blob: string;
	readonly part: number;
	readonly parts: number;
}

/** Bytes of a file that a full part has, so that sealed it is as long as a relay takes. */
export const partBytes = limits.blobPart - sealLength;

/** How many parts a file of so many bytes has, and how long they are together when they are sealed. */
export function measured(bytes: number): { parts: number; size: number } {
	const parts = Math.max(1, Math.ceil(bytes / partBytes));
	return { parts, size: bytes + parts * sealLength };
}

export const partKey = (raw: Uint8Array): Promise<CryptoKey> =>
	crypto.subtle.importKey('raw', new Uint8Array(raw), 'AES-GCM', false, ['encrypt', 'decrypt']);

export const sealPart = (
	key: CryptoKey,
	{ blob, part, parts }: PartPlace,
	bytes: Uint8Array
): Promise<Uint8Array> => sealTo(key, partBoundTo(blob, part, parts), 'part', bytes);

export async function unsealPart(
	key: CryptoKey,
	{ blob, part, parts }: PartPlace,
	sealed: Uint8Array
): Promise<Result<Uint8Array, SealFailure>> {
	const bound = partBoundTo(blob, part, parts);
	const opened = await unsealFrom(key, () => bound, ['part'], sealed);
	return opened.ok ? ok(opened.value.bytes) : opened;
}
