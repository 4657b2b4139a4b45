import { expect, test } from 'vitest';
import { describeLeft, describeSync, describeUnreadable } from '$lib/sync/describe';

const ago = () => '2 min ago';
const nothing = { waiting: 0, unreadable: 0, isFull: false };

test('one change or device is said as one', () => {
	expect(describeSync({ ...nothing, status: 'syncing', waiting: 1 }, ago)).toBe(
		'Sending 1 change …'
	);
	expect(describeSync({ ...nothing, status: 'syncing', waiting: 3 }, ago)).toBe(
		'Sending 3 changes …'
	);
	expect(describeSync({ ...nothing, status: 'offline', waiting: 1 }, ago)).toBe(
		'Offline. 1 change kept here, to be sent when the relay is back.'
	);
	expect(describeUnreadable(1)).toMatch(/^1 change cannot be read here/);
	expect(describeUnreadable(3)).toMatch(/^3 changes cannot be read here/);
	expect(describeLeft(1)).toBe('1 device must be invited again to get it.');
	expect(describeLeft(2)).toBe('2 devices must be invited again to get it.');
	expect(describeLeft(0)).toBe('');
});

test('how it stands with the relay is said, where nothing waits too', () => {
	expect(describeSync(undefined, ago)).toBe('Connecting …');
	expect(describeSync({ ...nothing, status: 'stored', at: 0 }, ago)).toBe(
		'Everything is stored by the relay (2 min ago).'
	);
	expect(describeSync({ ...nothing, status: 'offline' }, ago)).toMatch(/^Offline. What you change/);
	expect(describeSync({ ...nothing, status: 'refused', reason: 'keyless' }, ago)).toMatch(
		/^The team has a new key/
	);
});
