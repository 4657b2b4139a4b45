import type { Lock } from './head';
import { sealingKey } from './part-cipher';

/** A lock, and the key that opens it. */
export interface Locked {
	readonly lock: Lock;
	readonly key: CryptoKey;
}

/** How often a guess must be hashed: what OWASP asks of PBKDF2 with SHA-256. */
const rounds = 600_000;

/** A new lock that this passphrase opens. */
export async function lockWith(passphrase: string): Promise<Locked> {
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const key = await keyFrom(passphrase, salt, rounds);
	return { key, lock: { rounds, salt: toBase64(salt), check: await checkOf(key) } };
}

/** The key, if this is the passphrase. */
export async function unlock(lock: Lock, passphrase: string): Promise<CryptoKey | undefined> {
	const key = await keyFrom(passphrase, fromBase64(lock.salt), lock.rounds);
	return (await checkOf(key)) === lock.check ? key : undefined;
}

async function keyFrom(
	passphrase: string,
	salt: Uint8Array<ArrayBuffer>,
	iterations: number
): Promise<CryptoKey> {
	// The same letters, however a keyboard puts them together.
	const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'));
	const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
	const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
	return sealingKey(new Uint8Array(await crypto.subtle.deriveBits(how, material, 256)));
}

/** Tells one key from another without telling anything of it. */
async function checkOf(key: CryptoKey): Promise<string> {
	const info = new TextEncoder().encode('winnow1|check');
	const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
	return toBase64(new Uint8Array(await crypto.subtle.deriveBits(how, key, 128)));
}

// By hand, because this runs in pages, in workers and in a shell, and what is at hand differs.
const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
