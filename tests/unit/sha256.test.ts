import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf, Sha256, sha256 } from '$lib/sha256';

test('hashes any bytes as Node does', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300, size: 'max' }), (bytes) => {
			expect(hexOf(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test.each([0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 128])('hashes %i bytes', (length) => {
	const bytes = new Uint8Array(length).fill(0x61);
	expect(hexOf(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('bytes that come bit by bit are hashed as the whole', () => {
	fc.assert(
		fc.property(fc.array(fc.uint8Array({ maxLength: 150 })), (pieces) => {
			const hash = new Sha256();
			for (const piece of pieces) hash.add(piece);
			const whole = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
			expect(hexOf(hash.end())).toBe(createHash('sha256').update(whole).digest('hex'));
		}),
		{ seed: 2, numRuns: 300 }
	);
});
