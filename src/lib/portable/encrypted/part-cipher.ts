/**
 * Parts of a stream, each sealed by AES-256-GCM with a key of this stream alone. Where a part stands and whether it is
 * the last are bound into it, so that none can be taken out, put elsewhere or cut off without being noticed.
 */
export interface PartCipher {
	seal(
		part: Uint8Array<ArrayBuffer>,
		index: number,
		last: boolean
	): Promise<Uint8Array<ArrayBuffer>>;
	/** Throws a `BrokenSeal` if it is not just what was sealed there. */
	open(
		part: Uint8Array<ArrayBuffer>,
		index: number,
		last: boolean
	): Promise<Uint8Array<ArrayBuffer>>;
}

/** What was sealed was cut, altered, or sealed with another key. */
export class BrokenSeal extends Error {}

/** Bytes of each part but the last, before it is sealed. */
export const partLength = 1 << 20;
/** Bytes by which a part grows. */
export const tagLength = 16;
/** Random bytes in front of a stream, from which its own key is made. */
export const saltLength = 32;

/** A key to seal any number of streams with, from 32 random bytes. No script can read it again. */
export const sealingKey = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
	crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey', 'deriveBits']);

export const newSalt = (): Uint8Array<ArrayBuffer> =>
	crypto.getRandomValues(new Uint8Array(saltLength));

/** `bound` is what a stream is sealed together with; it opens with the same only. */
export async function partCipher(
	key: CryptoKey,
	salt: Uint8Array<ArrayBuffer>,
	bound: Uint8Array<ArrayBuffer>
): Promise<PartCipher> {
	const own = await crypto.subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode('winnow1|stream') },
		key,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt']
	);
	// A key of this stream alone seals each place once, so the place itself may be the nonce.
	const at = (index: number, last: boolean): AesGcmParams => {
		const iv = new Uint8Array(12);
		new DataView(iv.buffer).setUint32(7, index);
		iv[11] = Number(last);
		return { name: 'AES-GCM', iv, additionalData: bound };
	};
	return {
		seal: async (part, index, last) =>
			new Uint8Array(await crypto.subtle.encrypt(at(index, last), own, part)),
		async open(part, index, last) {
			try {
				return new Uint8Array(await crypto.subtle.decrypt(at(index, last), own, part));
			} catch (error) {
				if (!(error instanceof DOMException)) throw error;
				throw new BrokenSeal('It was cut, altered, or sealed with another key.');
			}
		}
	};
}
