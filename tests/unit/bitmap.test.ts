import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bitmap } from '$lib/bitmap';

const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 199 }));

test('does what sets do, whatever their sizes', () => {
	fc.assert(
		fc.property(numbers, numbers, fc.integer({ min: 200, max: 300 }), (a, b, size) => {
			const [left, right] = [Bitmap.of(a, 200), Bitmap.of(b, size)];
			const sorted = (list: number[]) => list.sort((x, y) => x - y);
			expect([...left]).toEqual(sorted([...a]));
			expect(left.count).toBe(a.length);
			expect([...left.and(right)]).toEqual(sorted(a.filter((n) => b.includes(n))));
			expect([...left.or(right)]).toEqual(sorted([...new Set([...a, ...b])]));
			expect([...left.minus(right)]).toEqual(sorted(a.filter((n) => !b.includes(n))));
			expect(left.sharedWith(right)).toBe(left.and(right).count);
			expect(a.every((n) => left.has(n)) && !left.has(5000)).toBe(true);
		}),
		{ seed: 3 }
	);
});

test('takes some numbers over from another set, and stays itself where they are the same', () => {
	fc.assert(
		fc.property(numbers, numbers, numbers, (a, b, some) => {
			const [left, other] = [Bitmap.of(a, 200), new Set(b)];
			const patched = left.except(some, other);
			const wanted = Array.from({ length: 200 }, (_, n) => n).filter((n) =>
				some.includes(n) ? other.has(n) : left.has(n)
			);
			expect([...patched]).toEqual(wanted);
			expect(left.except(some, left)).toBe(left);
		}),
		{ seed: 4 }
	);
});
