import { expect, test } from 'vitest';
import { describeLeft, describeSync } from '$lib/sync/describe';

const ago = () => '2 min ago';

test('one change or device is said as one', () => {
	expect(describeSync({ status: 'syncing', waiting: 1 }, ago)).toBe('Sending 1 change …');
	expect(describeSync({ status: 'syncing', waiting: 3 }, ago)).toBe('Sending 3 changes …');
	expect(describeSync({ status: 'offline', waiting: 1 }, ago)).toBe(
		'Offline. 1 change kept here, to be sent when the relay is back.'
	);
	expect(describeLeft(1)).toBe('1 device must be invited again to get it.');
	expect(describeLeft(2)).toBe('2 devices must be invited again to get it.');
	expect(describeLeft(0)).toBe('');
});

test('how it stands with the relay is said, where nothing waits too', () => {
	expect(describeSync(undefined, ago)).toBe('Connecting …');
	expect(describeSync({ status: 'stored', at: 0, waiting: 0 }, ago)).toBe(
		'Everything is stored by the relay (2 min ago).'
	);
	expect(describeSync({ status: 'offline', waiting: 0 }, ago)).toMatch(/^Offline. What you change/);
	expect(describeSync({ status: 'refused', reason: 'keyless', waiting: 0 }, ago)).toMatch(
		/^The team has a new key/
	);
});
