import { expect, test } from 'vitest';
import { appStatus } from '$lib/app-status';

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
