import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually, story, type Stage } from './harness';
import { buildLab, directory } from './lab/build';

/** Serves the lab's page; `fault` is what is wrong with this browser, and runs first in each worker. */
async function lab(stage: Stage, fault = () => ''): Promise<string> {
	await buildLab();
	return stage.serve({
		directory,
		rewrite: (path, body) =>
			/worker-[^/]+\.js$/.test(path) ? Buffer.concat([Buffer.from(fault()), body]) : body
	});
}

async function open({ context }: Stage, url: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(url);
	return page;
}

const state = (page: Page) => page.evaluate(() => window.engine.state);
const run = (page: Page) => page.evaluate(() => window.engine.call('run'));
const read = (page: Page) => page.evaluate(() => window.engine.call('read'));
const held = (page: Page) => page.evaluate(() => window.engine.call('held'));
const openDoor = (page: Page) =>
	page.evaluate(() => new BroadcastChannel('door').postMessage('open'));

async function storeOf(page: Page): Promise<string> {
	await run(page);
	const now = await state(page);
	return now.status === 'ready' ? now.info.store : now.status;
}

/** The code of the error a call ends with. */
const codeOf = (page: Page, method: 'divide' | 'breakDown' | 'run' | 'loop' | 'runOutOfFiles') =>
	page.evaluate(
		(method) =>
			window.engine.call(method).then(
				() => 'answered',
				(error: { code?: string }) => error.code
			),
		method
	);

story(
	'two tabs ask one database, and the second takes over when the first closes',
	async (stage) => {
		const url = await lab(stage);
		const first = await open(stage, url);
		const before = await run(first);
		const second = await open(stage, url);
		assert.equal(await run(second), before);
		await second.evaluate(() => window.engine.call('write', 'a', 'from the second tab'));
		assert.deepEqual(await read(first), ['from the second tab']);

		await first.close();
		await eventually(async () => assert.notEqual(await run(second), before));
		assert.deepEqual(await read(second), ['from the second tab']);
		const third = await open(stage, url);
		assert.equal(await run(third), await run(second));
	}
);

story(
	'a call in flight when the leading tab closes is asked again, a write happens once',
	async (stage) => {
		const url = await lab(stage);
		const first = await open(stage, url);
		const before = await run(first);
		const second = await open(stage, url);
		const open1 = second.evaluate(() => window.engine.call('waitAtDoor'));
		const open2 = second.evaluate(() => window.engine.call('writeAndWaitAtDoor', 'b', 'once'));
		await eventually(async () => assert.equal(await held(first), 2));
		assert.deepEqual(await read(first), ['once']);

		await first.close();
		await eventually(async () => assert.notEqual(await run(second), before));
		await eventually(async () => assert.equal(await held(second), 2));
		await openDoor(second);
		assert.deepEqual([await open1, await open2], [await run(second), 'once']);
		assert.deepEqual(await read(second), ['once']);
	}
);

story(
	'a tab can restart a database that does not answer, and calls then end as late',
	async (stage) => {
		const url = await lab(stage);
		const first = await open(stage, url);
		const before = await run(first);
		const second = await open(stage, url);
		await run(second);
		const stuck = codeOf(second, 'loop');
		const queued = codeOf(first, 'run');
		await second.evaluate(() => window.engine.recycle());
		assert.equal(await stuck, 'LATE');
		assert.match(String(await queued), /LATE|answered/);
		assert.notEqual(await run(second), before);
	}
);

story(
	'a tab of another version does not ask this one’s worker, and leads when it is gone',
	async (stage) => {
		const url = await lab(stage);
		const first = await open(stage, url);
		await run(first);
		const other = await open(stage, `${url}?version=two`);
		await eventually(async () =>
			assert.deepEqual(await state(other), {
				status: 'failed',
				reason: 'other',
				message: 'It is of version one.'
			})
		);
		assert.equal(await codeOf(other, 'run'), 'FAILED');
		await first.close();
		await eventually(async () => assert.equal((await state(other)).status, 'ready'));
		assert.equal(await codeOf(other, 'run'), 'answered');
	}
);

story('a call that takes too long ends at its deadline', async (stage) => {
	const page = await open(stage, await lab(stage));
	await run(page);
	const code = await page.evaluate(() =>
		window.engine
			.callWith({ deadline: 200 }, 'waitAtDoor')
			.catch((error: { code: string }) => error.code)
	);
	assert.equal(code, 'LATE');
});

story('an error of the database arrives with its code, and the database goes on', async (stage) => {
	const page = await open(stage, await lab(stage));
	const before = await run(page);
	assert.equal(await codeOf(page, 'divide'), '22012');
	assert.equal(await run(page), before);
});

story(
	'a database that breaks down is started again, and what was asked is answered',
	async (stage) => {
		const page = await open(stage, await lab(stage));
		const before = await run(page);
		await page.evaluate(() => window.engine.call('write', 'c', 'kept'));
		const open1 = page.evaluate(() => window.engine.call('waitAtDoor'));
		await eventually(async () => assert.equal(await held(page), 1));
		assert.equal(await codeOf(page, 'runOutOfFiles'), 'DEAD');
		await eventually(async () => assert.equal(await held(page), 1));
		assert.notEqual(await run(page), before);
		await openDoor(page);
		assert.equal(await open1, await run(page));
		assert.deepEqual(await read(page), ['kept']);
		const news = await page.evaluate(() => window.news);
		assert.deepEqual(
			news.map((one) => (one as { type: string }).type),
			['restarted']
		);
	}
);

story(
	'a database that breaks down again and again stays down until somebody tries again',
	async (stage) => {
		const page = await open(stage, await lab(stage));
		for (let i = 0; i < 4; i += 1) assert.equal(await codeOf(page, 'breakDown'), 'DEAD');
		await eventually(async () => {
			const now = await state(page);
			assert.equal(now.status === 'failed' && now.reason, 'dead');
		});
		assert.equal(await codeOf(page, 'run'), 'FAILED');
		await page.evaluate(() => window.engine.recycle());
		assert.equal(await storeOf(page), 'opfs-ahp');
	}
);

story('a file can be handed to the worker from the leading tab and from another', async (stage) => {
	const url = await lab(stage);
	const first = await open(stage, url);
	await run(first);
	const second = await open(stage, url);
	const lines = (page: Page) =>
		page.evaluate(() => window.engine.call('linesOf', new File(['a\nb\nc'], 'people.csv')));
	assert.equal(await lines(first), 'people.csv 3');
	assert.equal(await lines(second), 'people.csv 3');
});

story('what the worker tells arrives in every tab', async (stage) => {
	const url = await lab(stage);
	const first = await open(stage, url);
	await run(first);
	const second = await open(stage, url);
	await second.evaluate(() => window.engine.call('tell', 7));
	const told = [{ type: 'progress', job: 'lab', done: 7 }];
	for (const page of [first, second])
		await eventually(async () => assert.deepEqual(await page.evaluate(() => window.news), told));
});

const withoutOpfs = `navigator.storage.getDirectory = () => Promise.reject(new DOMException('refused', 'SecurityError'));`;

story('without OPFS a new workspace is made in IndexedDB, and stays there', async (stage) => {
	const url = await lab(stage, () => withoutOpfs);
	const page = await open(stage, url);
	assert.equal(await storeOf(page), 'idb');
	await page.evaluate(() => window.engine.call('write', 'd', 'in IndexedDB'));
	await page.reload();
	assert.equal(await storeOf(page), 'idb');
	assert.deepEqual(await read(page), ['in IndexedDB']);
	const now = await state(page);
	assert.equal(now.status === 'ready' && now.info.cold, false);
});

const fewHandles = `{
	const { prototype } = FileSystemFileHandle;
	const create = prototype.createSyncAccessHandle;
	let open = 0;
	prototype.createSyncAccessHandle = async function () {
		if (open >= 252) throw new DOMException('too many', 'InvalidStateError');
		open += 1;
		const handle = await create.call(this);
		const close = handle.close.bind(handle);
		handle.close = () => { open -= 1; close(); };
		return handle;
	};
}`;

story('a browser with few file handles keeps a new workspace in one file', async (stage) => {
	const url = await lab(stage, () => fewHandles);
	const page = await open(stage, url);
	assert.equal(await storeOf(page), 'memfs2opfs');
	await page.evaluate(() => window.engine.call('write', 'e', 'in one file'));
	await page.reload();
	assert.equal(await storeOf(page), 'memfs2opfs');
	assert.deepEqual(await read(page), ['in one file']);
});

const hung = `FileSystemFileHandle.prototype.createSyncAccessHandle = () => new Promise(() => {});`;

story(
	'a store that never answers gives way to another only while there is no workspace',
	async (stage) => {
		let fault = hung;
		const url = await lab(stage, () => fault);
		const page = await open(stage, url);
		await eventually(async () => {
			const now = await state(page);
			assert.equal(now.status === 'starting' && now.step, 'opening');
		});
		// A worker that is given up can finish all the same; what was wiped since is not taken for whole.
		await page.evaluate(async () => {
			const root = await navigator.storage.getDirectory();
			await root.getFileHandle('opfs-ahp-lab.complete', { create: true });
		});
		assert.equal(await storeOf(page), 'idb');

		fault = '';
		await page.evaluate(() => localStorage.clear());
		await page.reload();
		assert.equal(await storeOf(page), 'opfs-ahp');
	}
);

story('a workspace is never opened on another store than its own', async (stage) => {
	let fault = '';
	const url = await lab(stage, () => fault);
	const page = await open(stage, url);
	assert.equal(await storeOf(page), 'opfs-ahp');
	await page.evaluate(() => window.engine.call('write', 'f', 'kept'));

	fault = withoutOpfs;
	await page.reload();
	assert.equal(await codeOf(page, 'run'), 'FAILED');
	const now = await state(page);
	assert.equal(now.status === 'failed' && now.reason, 'storage');

	fault = '';
	await page.evaluate(() => window.engine.recycle());
	assert.deepEqual(await read(page), ['kept']);

	// The mark beside the data says the same where localStorage has forgotten.
	await page.evaluate(() => localStorage.clear());
	fault = hung;
	await page.reload();
	await eventually(async () => assert.equal((await state(page)).status, 'slow'));
	fault = '';
	await page.evaluate(() => window.engine.recycle());
	assert.deepEqual(await read(page), ['kept']);
});
