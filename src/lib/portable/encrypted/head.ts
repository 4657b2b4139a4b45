import * as z from 'zod/mini';
import { BadSource } from '../source';

const base64 = z
	.string()
	.check(z.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/));

/** By what a passphrase is told from another, and becomes a key: PBKDF2 with SHA-256. */
export const Lock = z.object({
	// More than a device could do while somebody waits is no file of ours.
	rounds: z.int().check(z.minimum(1), z.maximum(20_000_000)),
	/** Base64. */
	salt: base64,
	/** Base64: 16 bytes made of the key. */
	check: base64
});
export type Lock = z.infer<typeof Lock>;

/** The first line of an encrypted file, and how many bytes it takes. What follows is sealed together with it. */
export interface Head {
	readonly lock: Lock;
	/** ISO 8601: when it was saved. */
	readonly made: string | undefined;
	/** With its line end. */
	readonly bytes: Uint8Array<ArrayBuffer>;
}

const form = { cipher: 'AES-256-GCM', kdf: 'PBKDF2-SHA-256' } as const;
const FirstLine = z.object({
	format: z.literal('winnow'),
	made: z.optional(z.iso.datetime({ offset: true })),
	encrypted: z.extend(Lock, { cipher: z.literal(form.cipher), kdf: z.literal(form.kdf) })
});

/** The first line is no longer than so many bytes. */
export const longestHead = 1024;

export function headOf(lock: Lock, made: string): Head {
	const line = JSON.stringify({ format: 'winnow', made, encrypted: { ...form, ...lock } });
	return { lock, made, bytes: new TextEncoder().encode(`${line}\n`) };
}

/**
 * The head of an encrypted file from its first bytes; `undefined` if it is not encrypted. Throws `BadSource` if it is,
 * but otherwise than this version knows.
 */
export function readHead(first: Uint8Array, name: string): Head | undefined {
	const end = first.indexOf(0x0a) + 1;
	const found = objectIn(new TextDecoder().decode(first.subarray(0, end)));
	if (found?.format !== 'winnow' || found.encrypted === undefined) return;
	const read = FirstLine.safeParse(found);
	if (!read.success)
		throw new BadSource(
			`${name}: this file is encrypted in a way that this version does not know. A newer Winnow may open it.`
		);
	const { encrypted, made } = read.data;
	const { rounds, salt, check } = encrypted;
	return { lock: { rounds, salt, check }, made, bytes: new Uint8Array(first.slice(0, end)) };
}

function objectIn(line: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === 'object' && value !== null
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined; // some other file
	}
}
