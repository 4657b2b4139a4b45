import { err, ok, type Result } from '$lib/result';

/**
 * A device's own pair of keys (ECDH, P-256), by which it is given the next epoch's key when somebody was removed. The
 * private one cannot be read by any script.
 */
export type DeviceKeys = CryptoKeyPair;

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;
const [pointLength, ivLength] = [65, 12];

export const newDeviceKeys = (): Promise<DeviceKeys> =>
	crypto.subtle.generateKey(curve, false, ['deriveBits']);

/** 65 bytes: the uncompressed point. */
export const publicKeyOf = async ({ publicKey }: DeviceKeys): Promise<Uint8Array> =>
	new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));

/**
 * Seals `bytes` so that only the device with this public key opens it: a point, 12 random bytes, AES-256-GCM. `malformed`
 * where the key is no point of the curve: anybody may say anything of their own device.
 */
export async function sealFor(
	device: Uint8Array,
	bytes: Uint8Array
): Promise<Result<Uint8Array, 'malformed'>> {
	const to = await pointFrom(device);
	if (!to) return err('malformed');
	const once = await newDeviceKeys();
	const point = await publicKeyOf(once);
	const key = await sharedKey(once.privateKey, to, point, device);
	const iv = crypto.getRandomValues(new Uint8Array(ivLength));
	const closed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new Uint8Array(bytes));
	return ok(new Uint8Array([...point, ...iv, ...new Uint8Array(closed)]));
}

/** What was sealed for this device. */
export async function openFor(
	device: DeviceKeys,
	sealed: Uint8Array
): Promise<Result<Uint8Array, 'broken'>> {
	const point = sealed.slice(0, pointLength);
	const iv = sealed.slice(pointLength, pointLength + ivLength);
	const from = await pointFrom(point);
	if (!from) return err('broken');
	try {
		const key = await sharedKey(device.privateKey, from, point, await publicKeyOf(device));
		const closed = sealed.slice(pointLength + ivLength);
		return ok(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, closed)));
	} catch (error) {
		if (error instanceof DOMException) return err('broken');
		throw error;
	}
}

/** Nothing for what is no point of the curve. */
async function pointFrom(bytes: Uint8Array): Promise<CryptoKey | undefined> {
	try {
		return await crypto.subtle.importKey('raw', new Uint8Array(bytes), curve, true, []);
	} catch (error) {
		if (error instanceof DOMException) return;
		throw error;
	}
}

/** Both ends derive it: what the two keys agree on, bound to both points. */
async function sharedKey(
	mine: CryptoKey,
	theirs: CryptoKey,
	once: Uint8Array,
	device: Uint8Array
): Promise<CryptoKey> {
	const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, 256);
	const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	return crypto.subtle.deriveKey(
		{
			name: 'HKDF',
			hash: 'SHA-256',
			salt: new Uint8Array([...once, ...device]),
			info: new TextEncoder().encode('winnow1|next key')
		},
		material,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt']
	);
}
