import { expect, test, vi } from 'vitest';
import { err, ok } from '$lib/result';
import { FileTransfer } from '$lib/sync/file-transfer.svelte';

test('what was cancelled ends before it is begun again, and no longer says how far it is', async () => {
	const ends: (() => void)[] = [];
	let running = 0;
	let most = 0;
	const transfer = new FileTransfer<string>(async (signal, onprogress) => {
		most = Math.max(most, ++running);
		onprogress(1, 2);
		await new Promise<void>((end) => ends.push(end));
		onprogress(2, 2);
		running--;
		return signal.aborted ? err({ type: 'cancelled' }) : ok('file');
	});
	const first = transfer.run();
	await vi.waitFor(() => expect(transfer.state).toEqual({ status: 'running', done: 1, total: 2 }));
	transfer.cancel();
	expect(transfer.state).toEqual({ status: 'idle' });
	const second = transfer.run();
	ends[0]!();
	expect(await first).toBeUndefined();
	await vi.waitFor(() => expect(ends).toHaveLength(2));
	ends[1]!();
	expect(await second).toBe('file');
	expect(transfer.state).toEqual({ status: 'done', value: 'file' });
	expect(most).toBe(1);
});

test('what failed says why, and is run again', async () => {
	const outcomes = [err({ type: 'broken' as const }), ok('file')];
	const transfer = new FileTransfer<string>(async () => outcomes.shift()!);
	expect(await transfer.run()).toBeUndefined();
	expect(transfer.state).toEqual({ status: 'failed', failure: { type: 'broken' } });
	expect(await transfer.run()).toBe('file');
});
