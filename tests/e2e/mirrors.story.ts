import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { story, type Stage } from './harness';
import { buildLab, directory } from './lab/build';
import type { Asked } from './lab/mirrors';

const contacts = 20_000;

/** A lab whose people were counted once, so that there are files. */
async function counted(stage: Stage): Promise<Page> {
	await buildLab();
	const url = await stage.serve({ directory });
	await stage.page.goto(url);
	await stage.page.evaluate(
		(contacts) => window.engine.call('fillPeople', contacts, 2 * contacts),
		contacts
	);
	for (const asked of ['country', 'opened'] as const)
		assert.deepEqual(await count(stage.page, asked), { count: expected[asked], read: true });
	await stage.page.evaluate(() => window.engine.call('settled'));
	return stage.page;
}

const expected = { country: contacts / 5, opened: contacts / 2 };

const count = (page: Page, asked: Asked) =>
	page.evaluate((asked) => window.engine.call('countOf', asked), asked);

/** The files of the lab's mirrors, by their bytes. */
const sizes = (page: Page) =>
	page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const folder = await root.getDirectoryHandle('lab-mirrors', { create: true });
		const sizes: Record<string, number> = {};
		for await (const name of folder.keys())
			sizes[name] = (await (await folder.getFileHandle(name)).getFile()).size;
		return sizes;
	});

story(
	'a column read once is answered from its file after a reload, with what has changed',
	async (stage) => {
		const page = await counted(stage);
		// Who there is, countries, and who opened something.
		assert.equal(Object.keys(await sizes(page)).length, 3);
		await page.reload();
		assert.deepEqual(await count(page, 'opened'), { count: expected.opened, read: false });

		// A write before the column is taken up, one after, one before the next reload.
		await page.evaluate(() => window.engine.call('moveTo', 'a', 'C1', [0, 2, 3]));
		assert.deepEqual(await count(page, 'country'), { count: expected.country + 3, read: false });
		await page.evaluate(() => window.engine.call('moveTo', 'b', 'C2', [0]));
		assert.deepEqual(await count(page, 'country'), { count: expected.country + 2, read: false });
		await page.evaluate(() => window.engine.call('moveTo', 'c', 'C2', [2, 1]));
		await page.reload();
		assert.deepEqual(await count(page, 'country'), { count: expected.country, read: false });
	}
);

/** How a file goes bad, of which this many bytes are there. */
const faults: Record<string, (file: ArrayBuffer) => ArrayBuffer> = {
	'with a flipped bit': (file) => {
		new Uint8Array(file)[file.byteLength >> 1]! ^= 16;
		return file;
	},
	'cut off': (file) => file.slice(0, 4096),
	'of a newer form': (file) => {
		new Float64Array(file)[1]! += 1;
		return file;
	},
	'of another version of the data': (file) => {
		new Float64Array(file)[2]! += 1;
		return file;
	}
};
for (const [fault, harm] of Object.entries(faults))
	story(`a file ${fault} is not believed, and made anew`, async (stage) => {
		const page = await counted(stage);
		const before = await sizes(page);
		await page.evaluate(async (harm) => {
			const root = await navigator.storage.getDirectory();
			const folder = await root.getDirectoryHandle('lab-mirrors');
			for await (const name of folder.keys()) {
				const handle = await folder.getFileHandle(name);
				const file = await (await handle.getFile()).arrayBuffer();
				const writable = await handle.createWritable();
				await writable.write((0, eval)(harm)(file));
				await writable.close();
			}
		}, harm.toString());
		await page.reload();
		for (const asked of ['country', 'opened'] as const)
			assert.deepEqual(await count(page, asked), { count: expected[asked], read: true });
		await page.evaluate(() => window.engine.call('settled'));
		assert.deepEqual(await sizes(page), before);
		await page.reload();
		for (const asked of ['country', 'opened'] as const)
			assert.deepEqual(await count(page, asked), { count: expected[asked], read: false });
	});

/** Stops the worker for good in the middle of a write to a mirror's file: the one after so many. */
const stuckAfter = (writes: number) => `{
	const { prototype } = FileSystemFileHandle;
	const create = prototype.createSyncAccessHandle;
	prototype.createSyncAccessHandle = async function () {
		const handle = await create.call(this);
		if (!/^[0-9a-f]{16}$/.test(this.name)) return handle;
		const write = handle.write.bind(handle);
		let left = ${writes};
		handle.write = (bytes, at) => {
			if (left-- > 0) return write(bytes, at);
			write(bytes.subarray(0, bytes.length / 2), at);
			new BroadcastChannel('stuck').postMessage('stuck');
			for (;;);
		};
		return handle;
	};
}`;

// The text that says what it is, the column, the head.
for (const writes of [0, 1, 2])
	story(
		`of a worker that ends in write ${writes + 1} of a file nothing is believed`,
		async (stage) => {
			let fault = stuckAfter(writes);
			await buildLab();
			const url = await stage.serve({
				directory,
				rewrite: (path, body) =>
					/worker-[^/]+\.js$/.test(path) ? Buffer.concat([Buffer.from(fault), body]) : body
			});
			const { page } = stage;
			await page.goto(url);
			await page.evaluate(() => {
				const channel = new BroadcastChannel('stuck');
				window.stuck = new Promise((stuck) => channel.addEventListener('message', stuck));
			});
			await page.evaluate(() => window.engine.call('fillPeople', 20_000, 0));
			assert.deepEqual(await count(page, 'country'), { count: expected.country, read: true });
			await page.evaluate(() => window.stuck.then(() => {}));
			fault = '';
			await page.reload();
			assert.equal(Object.keys(await sizes(page)).length, 1);
			assert.deepEqual(await count(page, 'country'), { count: expected.country, read: true });
			await page.evaluate(() => window.engine.call('settled'));
			await page.reload();
			assert.deepEqual(await count(page, 'country'), { count: expected.country, read: false });
		}
	);

declare global {
	interface Window {
		/** Resolves when the worker is stuck. */
		stuck: Promise<unknown>;
	}
}
