import { expect, test } from 'vitest';
import { restOf } from '$lib/storage/rest';

test('with the rest, the parts add up to what is used', () => {
	const parts = [1_000, 20_000, 3_000];
	expect(restOf(120_000, [])).toBe(120_000);
	expect([...parts, restOf(120_000, parts)].reduce((sum, bytes) => sum + bytes)).toBe(120_000);
});

test('the rest is never below zero, though a browser says less is used than was written', () => {
	expect(restOf(10, [4, 8])).toBe(0);
});
