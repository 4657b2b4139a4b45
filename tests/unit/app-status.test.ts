import { expect, test } from 'vitest';
import { appStatus } from '$lib/app-status';
import type { SyncState } from '$lib/sync/connection';

const ready = {
	status: 'ready',
	info: { epoch: 'e', store: 'opfs-ahp', cold: false, lost: false, ms: {} }
} as const;

test('a download says how far it is, in megabytes', () => {
	expect(
		appStatus(
			{ status: 'starting', step: 'download', loaded: 3_120_000, total: 5_240_000 },
			undefined
		)
	).toEqual({
		state: 'busy',
		lines: ['Preparing', '3.1 of 5.2 MB, once only'],
		progress: 3_120_000 / 5_240_000
	});
});

test('"Saved" is not said while something is not', () => {
	expect(appStatus(ready, { status: 'saved' }).lines).toEqual(['Saved on this device']);
	expect(appStatus(ready, { status: 'saving' }).lines).toEqual(['Saving…']);
	const failed = { status: 'failed', failure: { type: 'full', message: '' }, waiting: 2 } as const;
	expect(appStatus(ready, failed)).toEqual({ state: 'danger', lines: ['Not saved'] });
});

test('with a relay it says what is stored there, and what waits', () => {
	const saved = { status: 'saved' } as const;
	const lines = (sync: SyncState) => appStatus(ready, saved, sync, () => '2 min ago').lines;
	const nothing = { waiting: 0, unreadable: 0, isFull: false };
	expect(lines({ ...nothing, status: 'stored', at: 0 })).toEqual([
		'Saved here',
		'Stored by the relay 2 min ago'
	]);
	expect(lines({ ...nothing, status: 'offline', waiting: 12 })).toEqual([
		'Offline, 12 changes waiting'
	]);
	expect(lines({ ...nothing, status: 'offline' })).toEqual(['Offline']);
	expect(lines({ ...nothing, status: 'syncing', waiting: 1 })).toEqual([
		'Saved here',
		'Sending 1 change'
	]);
	expect(lines({ ...nothing, status: 'refused', reason: 'removed' })[1]).toBe(
		'You are no longer in this team'
	);
	expect(lines({ ...nothing, status: 'stored', at: 0, isFull: true })).toEqual([
		'Stored by the relay',
		'The relay has no room left for it'
	]);
	expect(lines({ ...nothing, status: 'stored', at: 0, unreadable: 3 })).toEqual([
		'Saved here',
		'3 changes cannot be read here'
	]);
	const failed = { status: 'failed', failure: { type: 'full', message: '' }, waiting: 2 } as const;
	const stored = { ...nothing, status: 'stored', at: 0 } as const;
	expect(appStatus(ready, failed, stored).lines, 'whatever the relay has').toEqual(['Not saved']);
});
