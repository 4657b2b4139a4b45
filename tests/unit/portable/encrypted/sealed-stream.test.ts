import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	BrokenSeal,
	partLength,
	saltLength,
	sealingKey,
	tagLength
} from '$lib/portable/encrypted/part-cipher';
import { openedStream, sealedStream } from '$lib/portable/encrypted/sealed-stream';

type Bytes = Uint8Array<ArrayBuffer>;
const key = await sealingKey(new Uint8Array(32).fill(7));
const sealedPart = partLength + tagLength;

/** Bytes of which no two pieces are alike. */
function bytesOf(length: number): Bytes {
	const bytes = new Uint8Array(length);
	for (let at = 0; at < length; at++) bytes[at] = (at * 31 + (at >> 8) * 17 + (at >> 16)) & 255;
	return bytes;
}

async function through(
	bytes: Uint8Array,
	stream: TransformStream<Uint8Array, Bytes>,
	size = 300_000
): Promise<Bytes> {
	const pieces = new ReadableStream<Uint8Array>({
		start(out) {
			for (let at = 0; at < bytes.length; at += size) out.enqueue(bytes.subarray(at, at + size));
			out.close();
		}
	});
	return new Uint8Array(await new Response(pieces.pipeThrough(stream)).arrayBuffer());
}
const sealed = (bytes: Uint8Array, bound?: Bytes) => through(bytes, sealedStream(key, bound));
const opened = (bytes: Uint8Array, bound?: Bytes) => through(bytes, openedStream(key, bound));
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

describe('a sealed stream', () => {
	test.each([0, 1, partLength - 1, partLength, partLength + 1, 2 * partLength, 2 * partLength + 5])(
		'of %i bytes opens as it was, and is longer by what its parts need',
		async (length) => {
			const bytes = bytesOf(length);
			const closed = await sealed(bytes);
			const parts = Math.max(1, Math.ceil(length / partLength));
			expect(closed).toHaveLength(saltLength + length + parts * tagLength);
			expect(same(await opened(closed), bytes)).toBe(true);
		}
	);

	test('opens in whatever pieces it comes', async () => {
		const bytes = bytesOf(partLength + 1_000);
		const closed = await sealed(bytes);
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 700, max: closed.length }), async (size) => {
				expect(same(await through(closed, openedStream(key), size), bytes)).toBe(true);
			}),
			{ numRuns: 12, seed: 2026 }
		);
		const short = await sealed(bytesOf(100));
		expect(same(await through(short, openedStream(key), 1), bytesOf(100))).toBe(true);
	});

	test('is another each time, and tells nothing of what is in it', async () => {
		const bytes = new Uint8Array(50_000);
		const [one, other] = [await sealed(bytes), await sealed(bytes)];
		expect(same(one.subarray(0, saltLength), other.subarray(0, saltLength))).toBe(false);
		expect(same(one.subarray(saltLength), other.subarray(saltLength))).toBe(false);
		expect(new Set(one.subarray(saltLength, saltLength + 5_000)).size).toBeGreaterThan(200);
	});
});

describe('is refused', () => {
	const whole = bytesOf(2 * partLength + 100);
	/** The salt and the three parts. */
	async function pieces() {
		const closed = await sealed(whole);
		const from = (part: number) => saltLength + part * sealedPart;
		return [
			closed.subarray(0, saltLength),
			...[0, 1, 2].map((part) => closed.subarray(from(part), from(part + 1)))
		] as [Bytes, Bytes, Bytes, Bytes];
	}
	const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
	const refused = (bytes: Uint8Array) => expect(opened(bytes)).rejects.toThrow(BrokenSeal);

	test('with its last part cut off, wherever the cut is', async () => {
		const [salt, a, b, c] = await pieces();
		for (const length of [0, 1, saltLength - 1, saltLength])
			await refused(joined(salt, a, b, c).subarray(0, length));
		await refused(joined(salt, a, b, c.subarray(0, -1)));
		await refused(joined(salt, a, b));
		await refused(joined(salt, a, b.subarray(0, -1)));
		await refused(joined(salt, a));
	});

	test('with a part in another place, left out, or there twice', async () => {
		const [salt, a, b, c] = await pieces();
		await refused(joined(salt, b, a, c));
		await refused(joined(salt, a, c));
		await refused(joined(salt, b, c));
		await refused(joined(salt, a, a, b, c));
		await refused(joined(salt, a, b, c, c));
	});

	test('with a part of another stream of the same key', async () => {
		const [salt, a, b, c] = await pieces();
		const other = await pieces();
		await refused(joined(salt, a, other[2], c));
		await refused(joined(other[0], a, b, c));
	});

	test('with any bit of it altered', async () => {
		const closed = await sealed(bytesOf(40));
		for (let at = 0; at < closed.length; at++) {
			const altered = closed.slice();
			altered[at]! ^= 1;
			await refused(altered);
		}
	});

	test('with another key, and together with something else than it was sealed with', async () => {
		const other = await sealingKey(new Uint8Array(32).fill(8));
		const closed = await sealed(whole, new Uint8Array([1, 2]));
		expect(same(await opened(closed, new Uint8Array([1, 2])), whole)).toBe(true);
		await expect(opened(closed, new Uint8Array([1, 3]))).rejects.toThrow(BrokenSeal);
		await expect(opened(closed)).rejects.toThrow(BrokenSeal);
		await expect(through(await sealed(whole), openedStream(other))).rejects.toThrow(BrokenSeal);
	});

	test('before anything of an altered part comes out', async () => {
		const closed = await sealed(whole);
		closed[saltLength + sealedPart + 5]! ^= 1;
		const out: number[] = [];
		const pieces = new Blob([closed]).stream().pipeThrough(openedStream(key));
		await expect(
			pieces.pipeTo(new WritableStream({ write: ({ length }) => void out.push(length) }))
		).rejects.toThrow(BrokenSeal);
		expect(out).toEqual([partLength]);
	});
});
