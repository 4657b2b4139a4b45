import { expect, test } from 'vitest';
import { hash128, hashText } from '$lib/imports/hash';
import { HashCounts } from '$lib/imports/hash-counts';

test('a hash stays what it is: events of earlier imports are known by it', () => {
	expect(['', 'a', 'order 12', 'Zürich 😀 — a longer text'].map((text) => hashText(hash128(text))))
		.toMatchInlineSnapshot(`
		[
		  "0000000000000000000000000000",
		  "1ahww1o0nof95n0nof95n0nof95n",
		  "05ed5q71g8gibp0s5ejre1rbq718",
		  "1ht1l741u13b110yeovnv1w6aie1",
		]
	`);
});

test('every bit of the text moves about half of the bits of the hash', () => {
	const bits = (a: Uint32Array, b: Uint32Array) =>
		[...a].reduce(
			(sum, word, i) => sum + (word ^ b[i]!).toString(2).replaceAll(/[-0]/g, '').length,
			0
		);
	const spread = Array.from({ length: 200 }, (_, i) =>
		bits(hash128(`x${i}`), hash128(`x${i + 1}`))
	);
	const mean = spread.reduce((a, b) => a + b) / spread.length;
	expect(mean).toBeGreaterThan(50);
	expect(mean).toBeLessThan(78);
});

test('200,000 different texts have different hashes, and each is counted', () => {
	const counts = new HashCounts(16);
	const texts = Array.from({ length: 200_000 }, (_, i) => `["${i % 997}","order_placed",${i}]`);
	expect(texts.filter((text) => counts.add(hash128(text)) > 0)).toEqual([]);
	expect(texts.slice(0, 1000).map((text) => counts.add(hash128(text)))).toEqual(
		Array(1000).fill(1)
	);
	expect(counts.add(hash128(texts[0]!))).toBe(2);
});
