import { expect, test } from 'vitest';
import { bucketOf } from '$lib/rules/conditions/sample/sample';

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
