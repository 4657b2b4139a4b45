import { err, ok, type Result } from '$lib/result';
import { blobKinds, boundTo, type BlobKind, type Room } from './protocol';

/** `malformed`: no blob of ours. `broken`: of another room, sealed with another key, or altered. */
export type SealFailure = 'malformed' | 'broken';

const [version, ivLength, tagLength] = [1, 12, 16];
const headLength = 2 + ivLength;

/** By how many bytes what is sealed is longer. */
export const sealLength = headLength + tagLength;

/** `0x01`, the kind, 12 random bytes, and what AES-256-GCM makes of `bytes`. */
export const seal = (
	key: CryptoKey,
	room: Room,
	kind: BlobKind,
	bytes: Uint8Array
): Promise<Uint8Array> => sealTo(key, boundTo(room, kind), kind, bytes);

/** The same, bound to any text: it opens only with that. */
export async function sealTo(
	key: CryptoKey,
	bound: string,
	kind: BlobKind,
	bytes: Uint8Array
): Promise<Uint8Array> {
	const iv = crypto.getRandomValues(new Uint8Array(ivLength));
	const closed = await crypto.subtle.encrypt(algorithm(iv, bound), key, own(bytes));
	const blob = new Uint8Array(headLength + closed.byteLength);
	blob.set([version, blobKinds[kind]]);
	blob.set(iv, 2);
	blob.set(new Uint8Array(closed), headLength);
	return blob;
}

/** What is in a blob that must be one of these kinds. */
export const unseal = <K extends BlobKind>(
	key: CryptoKey,
	room: Room,
	kinds: readonly K[],
	blob: unknown
): Promise<Result<{ kind: K; bytes: Uint8Array }, SealFailure>> =>
	unsealFrom(key, (kind) => boundTo(room, kind), kinds, blob);

export async function unsealFrom<K extends BlobKind>(
	key: CryptoKey,
	bound: (kind: K) => string,
	kinds: readonly K[],
	blob: unknown
): Promise<Result<{ kind: K; bytes: Uint8Array }, SealFailure>> {
	if (!(blob instanceof Uint8Array) || blob.length < headLength + tagLength)
		return err('malformed');
	const kind = kinds.find((each) => blobKinds[each] === blob[1]);
	if (blob[0] !== version || kind === undefined) return err('malformed');
	const iv = own(blob.subarray(2, headLength));
	try {
		const opened = await crypto.subtle.decrypt(
			algorithm(iv, bound(kind)),
			key,
			own(blob.subarray(headLength))
		);
		return ok({ kind, bytes: new Uint8Array(opened) });
	} catch (error) {
		if (error instanceof DOMException && error.name === 'OperationError') return err('broken');
		throw error;
	}
}

const algorithm = (iv: Uint8Array<ArrayBuffer>, bound: string): AesGcmParams => ({
	name: 'AES-GCM',
	iv,
	additionalData: new TextEncoder().encode(bound)
});

/** WebCrypto takes no views of shared memory, and types say so. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
	bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
