import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WorkerSays, WorkerStart } from '$lib/engine/protocol';
import { startWorker, type Outcome } from '$lib/engine/start';

const start: WorkerStart = {
	type: 'start',
	namespace: 'winnow',
	epoch: 'e',
	store: 'opfs-ahp',
	kept: false,
	anew: false
};

/** A worker that says what it is told to. */
class Puppet extends EventTarget {
	readonly heard: unknown[] = [];
	postMessage(message: unknown) {
		this.heard.push(message);
	}
	says(message: WorkerSays) {
		this.dispatchEvent(new MessageEvent('message', { data: message }));
	}
}

function begin(kept = false, patience?: number) {
	const worker = new Puppet();
	const told: string[] = [];
	let outcome: Outcome | undefined;
	void startWorker(
		worker as unknown as Worker,
		{ ...start, kept },
		{
			onstep: ({ step, loaded }) => told.push(loaded === undefined ? step : `${step} ${loaded}`),
			onslow: (step) => told.push(`slow: ${step}`),
			onlate: (step) => told.push(`late: ${step}`)
		},
		patience
	).then((ended) => (outcome = ended));
	return { worker, told, outcome: () => outcome };
}

const seconds = (n: number) => vi.advanceTimersByTimeAsync(n * 1000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('five seconds of silence while opening a new workspace are a failure of its store', async () => {
	const { worker, outcome } = begin();
	worker.says({ type: 'found', existing: false });
	worker.says({ type: 'step', step: 'opening' });
	await seconds(4.9);
	expect(outcome()).toBeUndefined();
	await seconds(0.2);
	expect(outcome()).toMatchObject({ ok: false, reason: 'storage', existing: false, silent: true });
});

test('where more patience is asked for, it is told as slow, and waited for that long', async () => {
	const { worker, told, outcome } = begin(false, 30_000);
	worker.says({ type: 'step', step: 'opening' });
	await seconds(29.9);
	expect(told).toEqual(['opening', 'slow: opening']);
	expect(outcome()).toBeUndefined();
	await seconds(0.2);
	expect(outcome()).toMatchObject({ ok: false, silent: true });
	expect(told).toHaveLength(2);
});

test('a sign of life gives a new workspace another five seconds', async () => {
	const { worker, outcome } = begin();
	worker.says({ type: 'step', step: 'opening' });
	await seconds(4);
	worker.says({ type: 'step', step: 'opening' });
	await seconds(4);
	expect(outcome()).toBeUndefined();
});

test('a download that stalls is slow, then late, and still waited for', async () => {
	const { worker, told, outcome } = begin();
	worker.says({ type: 'step', step: 'download', loaded: 7, total: 9 });
	await seconds(31);
	expect(told).toEqual(['download 7', 'slow: download', 'late: download']);
	expect(outcome()).toBeUndefined();
	const info = { epoch: 'e', store: 'opfs-ahp', cold: true, lost: false, ms: {} } as const;
	worker.says({ type: 'ready', info });
	await seconds(0);
	expect(outcome()).toEqual({ ok: true, info });
});

test.each([
	['remembered in localStorage', true],
	['found on the store', false]
])('an existing workspace, %s, is waited for', async (_, kept) => {
	const { worker, told, outcome } = begin(kept);
	worker.says({ type: 'found', existing: true });
	worker.says({ type: 'step', step: 'opening' });
	await seconds(60);
	expect(told).toEqual(['opening', 'slow: opening', 'late: opening']);
	expect(outcome()).toBeUndefined();
	worker.says({ type: 'failed', reason: 'storage', message: 'refused' });
	await seconds(0);
	expect(outcome()).toEqual({
		...{ ok: false, reason: 'storage', message: 'refused' },
		...{ existing: true, silent: false }
	});
});

test('a worker whose script does not arrive is a failed download', async () => {
	const { worker, outcome } = begin();
	worker.dispatchEvent(new Event('error'));
	await seconds(0);
	expect(outcome()).toMatchObject({ ok: false, reason: 'download' });
});

test('nothing is told after the end', async () => {
	const { worker, told } = begin();
	worker.says({ type: 'failed', reason: 'schema', message: 'no' });
	await seconds(60);
	expect(told).toEqual([]);
	expect(worker.heard).toEqual([start]);
});
