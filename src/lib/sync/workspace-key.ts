/** A workspace's key of one epoch as a device keeps it: it seals and opens, but no script reads it. */
export interface KeptKey {
	readonly key: CryptoKey;
	/** The same, for this device to pass on in an invitation: 32 bytes sealed with `wrapping`, which cannot be read either. */
	readonly wrapped: Uint8Array;
	readonly wrapping: CryptoKey;
}

const aes = { name: 'AES-GCM', length: 256 } as const;

/** 32 random bytes. */
export const newKey = (): Uint8Array => crypto.getRandomValues(new Uint8Array(32));

/** Throws where `raw` is not 32 bytes. */
export async function keepKey(raw: Uint8Array): Promise<KeptKey> {
	if (raw.length !== 32) throw new RangeError(`A key of ${raw.length} bytes.`);
	const wrapping = await crypto.subtle.generateKey({ name: 'AES-KW', length: 256 }, false, [
		'wrapKey',
		'unwrapKey'
	]);
	const readable = await crypto.subtle.importKey('raw', new Uint8Array(raw), aes, true, [
		'encrypt',
		'decrypt'
	]);
	const wrapped = await crypto.subtle.wrapKey('raw', readable, wrapping, 'AES-KW');
	const key = await crypto.subtle.importKey('raw', new Uint8Array(raw), aes, false, [
		'encrypt',
		'decrypt'
	]);
	return { key, wrapped: new Uint8Array(wrapped), wrapping };
}

/** The key's 32 bytes again, to pass on to somebody who is invited. */
export async function rawKey({ wrapped, wrapping }: KeptKey): Promise<Uint8Array> {
	const key = await crypto.subtle.unwrapKey(
		'raw',
		new Uint8Array(wrapped),
		wrapping,
		'AES-KW',
		aes,
		true,
		['encrypt', 'decrypt']
	);
	return new Uint8Array(await crypto.subtle.exportKey('raw', key));
}
