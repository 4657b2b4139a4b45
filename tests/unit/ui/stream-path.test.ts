import { expect, test } from 'vitest';
import { railWidth, streamPath } from '$lib/ui/stream-path';

const rows = [
	{ top: 0, height: 60 },
	{ top: 60, height: 100 }
];

test('the rail is as wide as the share, and never thinner than can be seen', () => {
	expect(railWidth(0.5, 132)).toBe(66);
	expect(railWidth(0.0001, 132)).toBe(3);
	expect(railWidth(0, 132)).toBe(3);
	expect(railWidth(1.2, 132)).toBe(132);
});

test('it starts at the full width, swings within the next row and ends at the right edge', () => {
	expect(streamPath(rows, [1, 0.25], 100)).toBe(
		'M100 0L0 0L0 60L0 60C0 84 75 84 75 108L75 160L100 160Z'
	);
});

test('there is nothing to draw before the rows are measured', () => {
	expect(streamPath([], [1, 0.5], 100)).toBe('');
});

test('a row whose share is not known yet is the thinnest', () => {
	expect(streamPath(rows, [1], 100)).toContain('L97 160');
});
