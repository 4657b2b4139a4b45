/**
 * SHA-256 of bytes, as eight unsigned 32-bit numbers. Here, since WebCrypto answers in promises and the plain evaluator
 * does not wait; databases have their own.
 */
export function sha256(message: Uint8Array): Uint32Array {
	const blocks = Math.ceil((message.length + 9) / 64);
	const padded = new Uint8Array(blocks * 64);
	padded.set(message);
	padded[message.length] = 0x80;
	const view = new DataView(padded.buffer);
	view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
	view.setUint32(padded.length - 4, message.length << 3);

	const hash = Uint32Array.from(start);
	const w = new Uint32Array(64);
	for (let block = 0; block < blocks; block++) {
		for (let i = 0; i < 16; i++) w[i] = view.getUint32(block * 64 + i * 4);
		for (let i = 16; i < 64; i++) {
			const [a, b] = [w[i - 15]!, w[i - 2]!];
			const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
			const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
			w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
		}
		mix(hash, w);
	}
	return hash;
}

function mix(hash: Uint32Array, w: Uint32Array): void {
	let [a, b, c, d, e, f, g, h] = [...hash] as [
		number,
		number,
		number,
		number,
		number,
		number,
		number,
		number
	];
	for (let i = 0; i < 64; i++) {
		const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
		const one = (h + s1 + ((e & f) ^ (~e & g)) + rounds[i]! + w[i]!) | 0;
		const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
		const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
	}
	for (const [i, n] of [a, b, c, d, e, f, g, h].entries()) hash[i]! += n;
}

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
const rounds = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
