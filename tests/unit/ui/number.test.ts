import { expect, test } from 'vitest';
import { formatBytes, formatChange, formatCount, formatShare } from '$lib/ui/number';

test('a count below zero has a real minus sign', () => {
	expect(formatCount(-614)).toBe('−614');
});

test('a change always has a sign', () => {
	expect([112, -41, 0].map(formatChange)).toEqual(['+112', '−41', '±0']);
});

test.each([
	[1, '100\u202f%'],
	[0.354, '35\u202f%'],
	[0.0995, '10\u202f%'],
	[0.069, /^6.9\u202f%$/],
	[0.0002, /^<\u202f0.1\u202f%$/],
	[0, '0\u202f%'],
	[0 / 0, '–'],
	[0.9999, /^99.9\u202f%$/]
])('the share %d reads %s', (share, words) => {
	if (typeof words === 'string') expect(formatShare(share)).toBe(words);
	else expect(formatShare(share)).toMatch(words);
});

test('bytes are said in the unit that fits', () => {
	expect(formatBytes(71_303_168)).toMatch(/^71\s?MB$/);
	expect(formatBytes(0)).toMatch(/^0\s?byte/);
});
