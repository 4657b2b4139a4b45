import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bitmap } from '$lib/bitmap';
import { countRegions, mostSets } from '$lib/membership/overlap';

const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { maxLength: 200 });

test('counts who is in just which sets as asking one contact after the other does', () => {
	fc.assert(
		fc.property(
			numbers,
			fc.array(numbers, { maxLength: mostSets }),
			fc.integer({ min: 200, max: 300 }),
			(everyone, sets, size) => {
				const naive = new Map<number, number>();
				for (const n of everyone) {
					const mask = sets.reduce((bits, set, i) => (set.includes(n) ? bits | (1 << i) : bits), 0);
					naive.set(mask, (naive.get(mask) ?? 0) + 1);
				}
				const counted = countRegions(
					// Sets may be kept at another size than everyone is.
					sets.map((set, i) => Bitmap.of(set, i % 2 === 0 ? 200 : size)),
					Bitmap.of(everyone, 200)
				);
				expect(new Map(counted.map(({ mask, count }) => [mask, count]))).toEqual(naive);
				expect(counted.every(({ count }) => count > 0)).toBe(true);
			}
		),
		{ seed: 12, numRuns: 300 }
	);
});
