import { expect, test } from 'vitest';
import { Jobs, type Job } from '$lib/imports/jobs';

/** Work that ends when it is told to, and says whether it was cancelled. */
function held() {
	let end = () => {};
	const ended = new Promise<void>((resolve) => (end = resolve));
	return { end, work: (job: Job) => ended.then(() => job.cancelled) };
}
const jobs = () =>
	new Jobs(
		() => {},
		() => 0
	);

test('a job that is cancelled while it waits for its turn begins as cancelled', async () => {
	const queue = jobs();
	const first = held();
	const dry = queue.run('dry', { gives: true }, first.work);
	const waiting = queue.run('import', { gives: false }, async (job) => job.cancelled);
	queue.cancel('import');
	first.end();
	expect(await dry).toBe(true);
	expect(await waiting).toBe(true);
});

test('only the job that is meant is cancelled, and none that is over', async () => {
	const queue = jobs();
	const first = held();
	const dry = queue.run('dry', { gives: false }, first.work);
	queue.cancel('other');
	first.end();
	expect(await dry).toBe(false);
	queue.cancel('dry');
	expect(await queue.run('dry', { gives: true }, async (job) => job.cancelled)).toBe(false);
});

test('a job that found another one under way is not remembered', async () => {
	const queue = jobs();
	const first = held();
	const running = queue.run('import', { gives: false }, first.work);
	expect(await queue.run('other', { gives: false }, async () => 'done')).toBeUndefined();
	queue.cancel('other');
	first.end();
	await running;
	expect(await queue.run('other', { gives: false }, async (job) => job.cancelled)).toBe(false);
});
