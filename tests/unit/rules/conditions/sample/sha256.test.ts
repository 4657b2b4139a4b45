import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketOf } from '$lib/rules/conditions/sample/sample';
import { sha256 } from '$lib/rules/conditions/sample/sha256';

const hex = (hash: Uint32Array) => [...hash].map((n) => n.toString(16).padStart(8, '0')).join('');

test('hashes any bytes as Node does', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300, size: 'max' }), (bytes) => {
			expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test.each([0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 128])('hashes %i bytes', (length) => {
	const bytes = new Uint8Array(length).fill(0x61);
	expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('a bucket is that of the uid in lower case', () => {
	expect(bucketOf('sample', 'ADA')).toBe(7126);
	expect(bucketOf('sample', 'ada')).toBe(7126);
	expect(bucketOf('é”x', 'dee')).toBe(1996);
});

test('a tenth of many is about a tenth', () => {
	const n = 20_000;
	const inside = Array.from({ length: n }, (_, i) => bucketOf('s', `uid-${i}`)).filter(
		(bucket) => bucket < 1000
	);
	expect(Math.abs(inside.length / n - 0.1)).toBeLessThan(0.01);
});
