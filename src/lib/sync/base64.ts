import { fromBase64, fromBase64UrlEncoded, toBase64, toBase64UrlEncoded } from 'lib0/buffer';
import { err, ok, type Result } from '$lib/result';

export { toBase64, toBase64UrlEncoded as toBase64Url };

/** Bytes from either alphabet of base64. */
export function bytesFrom(text: string): Result<Uint8Array, 'notBase64'> {
	if (!/^[\w+/-]*={0,2}$/.test(text)) return err('notBase64');
	try {
		return ok(/[-_]/.test(text) ? fromBase64UrlEncoded(text) : fromBase64(padded(text)));
	} catch {
		return err('notBase64'); // of a length that no bytes have
	}
}

const padded = (text: string) =>
	text.replace(/=+$/, '') + '='.repeat((4 - (text.replace(/=+$/, '').length % 4)) % 4);
