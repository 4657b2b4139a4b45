import { Cutter } from './cutter';
import { BrokenSeal, newSalt, partCipher, partLength, saltLength, tagLength } from './part-cipher';
import type { PartCipher } from './part-cipher';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Seals a stream of bytes of any length, part by part: 32 random bytes, then each part with its tag. `bound` are bytes
 * that it is sealed together with, such as a head in front of it.
 */
export function sealedStream(key: CryptoKey, bound: Bytes = new Uint8Array()) {
	const cutter = new Cutter(partLength);
	let cipher: PartCipher;
	let index = 0;
	return new TransformStream<Uint8Array, Bytes>({
		async start(out) {
			const salt = newSalt();
			cipher = await partCipher(key, salt, bound);
			out.enqueue(salt);
		},
		async transform(bytes, out) {
			for (const part of cutter.push(bytes)) out.enqueue(await cipher.seal(part, index++, false));
		},
		async flush(out) {
			out.enqueue(await cipher.seal(cutter.rest(), index, true));
		}
	});
}

/**
 * Opens what `sealedStream` sealed. Each part is held to its seal before anything of it comes out; that nothing is
 * missing is known at the end only. Fails with a `BrokenSeal` at the first part that is not as it was sealed.
 */
export function openedStream(key: CryptoKey, bound: Bytes = new Uint8Array()) {
	const salt = new Cutter(saltLength);
	const cutter = new Cutter(partLength + tagLength);
	let cipher: PartCipher | undefined;
	let index = 0;
	return new TransformStream<Uint8Array, Bytes>({
		async transform(bytes, out) {
			let rest = bytes;
			if (!cipher) {
				const missing = saltLength - salt.rest().length;
				// The salt alone is never full and followed: what comes after it is cut off here.
				for (const _ of salt.push(bytes.subarray(0, missing)));
				rest = bytes.subarray(missing);
				if (salt.rest().length < saltLength) return;
				cipher = await partCipher(key, salt.rest(), bound);
			}
			for (const part of cutter.push(rest)) out.enqueue(await cipher.open(part, index++, false));
		},
		async flush(out) {
			if (!cipher) throw new BrokenSeal('It was cut.');
			out.enqueue(await cipher.open(cutter.rest(), index, true));
		}
	});
}
