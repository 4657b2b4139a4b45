/**
 * SHA-256 of bytes, as eight unsigned 32-bit numbers. Here, since WebCrypto answers in promises and the plain evaluator
 * does not wait; databases have their own.
 */
export const sha256 = (message: Uint8Array): Uint32Array => new Sha256().add(message).end();

/** The same of bytes that come bit by bit, which WebCrypto does not do at all. */
export class Sha256 {
	readonly #hash = Uint32Array.from(start);
	readonly #w = new Int32Array(64);
	readonly #block = new Uint8Array(64);
	/** Bytes so far. */
	#length = 0;

	add(bytes: Uint8Array): this {
		let at = 0;
		const filled = this.#length % 64;
		this.#length += bytes.length;
		if (filled > 0) {
			at = Math.min(64 - filled, bytes.length);
			this.#block.set(bytes.subarray(0, at), filled);
			if (filled + at < 64) return this;
			this.#mix(this.#block, 0);
		}
		for (; at + 64 <= bytes.length; at += 64) this.#mix(bytes, at);
		this.#block.set(bytes.subarray(at));
		return this;
	}

	/** Nothing can be added after it. */
	end(): Uint32Array {
		const length = this.#length;
		const padding = new Uint8Array(64 * Math.ceil(((length % 64) + 9) / 64) - (length % 64));
		padding[0] = 0x80;
		const view = new DataView(padding.buffer);
		view.setUint32(padding.length - 8, Math.floor(length / 2 ** 29));
		view.setUint32(padding.length - 4, length << 3);
		return this.add(padding).#hash;
	}

	/** Plain variables: a file of a workspace has millions of such blocks. */
	#mix(bytes: Uint8Array, at: number): void {
		const [hash, w] = [this.#hash, this.#w];
		for (let i = 0; i < 16; i++, at += 4)
			w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
		for (let i = 16; i < 64; i++) {
			const a = w[i - 15]!;
			const b = w[i - 2]!;
			const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
			const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
			w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
		}
		let a = hash[0]! | 0;
		let b = hash[1]! | 0;
		let c = hash[2]! | 0;
		let d = hash[3]! | 0;
		let e = hash[4]! | 0;
		let f = hash[5]! | 0;
		let g = hash[6]! | 0;
		let h = hash[7]! | 0;
		for (let i = 0; i < 64; i++) {
			const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
			const one = (h + s1 + ((e & f) ^ (~e & g)) + rounds[i]! + w[i]!) | 0;
			const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
			const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
			h = g;
			g = f;
			f = e;
			e = (d + one) | 0;
			d = c;
			c = b;
			b = a;
			a = (one + two) | 0;
		}
		hash[0]! += a;
		hash[1]! += b;
		hash[2]! += c;
		hash[3]! += d;
		hash[4]! += e;
		hash[5]! += f;
		hash[6]! += g;
		hash[7]! += h;
	}
}

/** A hash in lower-case hex digits. */
export const hexOf = (hash: Uint32Array): string =>
	Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('');

const turned = (n: number, by: number): number => (n >>> by) | (n << (32 - by));

/** The first 32 bits of the fractional parts of roots of the first primes. */
const primes: readonly number[] = (() => {
	const found: number[] = [];
	for (let n = 2; found.length < 64; n++)
		if (found.every((prime) => n % prime !== 0)) found.push(n);
	return found;
})();
const fraction = (n: number): number => Math.floor((n - Math.floor(n)) * 2 ** 32);
const start = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const rounds = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)) | 0);
