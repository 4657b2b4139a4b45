import { expect, test } from 'vitest';
import { isForeign, isScarce } from '$lib/storage/foreign';

test('a request to another server is told from those to the own and from what stays in the page', () => {
	const own = 'https://winnow.example';
	expect(
		[
			...['https://winnow.example/app.js', 'https://other.example/x', 'http://winnow.example/'],
			...['https://winnow.example:8443/', 'blob:https://winnow.example/1', 'data:text/plain,x'],
			...['wss://relay.example/', 'no address']
		].map((address) => isForeign(address, own))
	).toEqual([false, true, true, true, false, false, true, false]);
});

test('room is scarce near the quota, and where an import of any size would not fit', () => {
	expect(isScarce(8.1e9, 1e10)).toBe(true);
	expect(isScarce(1e9, 1e10)).toBe(false);
	expect(isScarce(0, 4e8)).toBe(true);
	expect(isScarce(0, 0)).toBe(false);
});
