import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { eventually, story } from './harness';
import { openSample } from './sample';

/** The database has answered. */
const ready = (page: Page) => page.getByRole('status').getByText('Saved on this device').waitFor();

const heading = (page: Page, name: string) =>
	page.getByRole('heading', { name, level: 1 }).waitFor();

/** Everything that is needed without a network is kept. */
const keptOffline = (page: Page) =>
	eventually(
		async () => {
			const kept = await page.evaluate(async () => {
				const names = await caches.keys();
				const sizes = await Promise.all(
					names.map(async (name) => (await (await caches.open(name)).keys()).length)
				);
				return { controlled: navigator.serviceWorker.controller !== null, names, sizes };
			});
			assert.ok(kept.controlled);
			const engine = kept.names.findIndex((name) => name.endsWith('-engine'));
			assert.ok(Number(kept.sizes[engine]) >= 4, 'the worker, wasm, data and data directory');
		},
		{ within: 20_000 }
	);

/** Has the engine's worker run something else first. */
const beforeWorker = (script: string) => (path: string, body: Buffer) =>
	/workers\/worker-[^/]+\.js$/.test(path) ? Buffer.concat([Buffer.from(script), body]) : body;

for (const folder of ['/', '/demo/'])
	story(`at ${folder} the app opens, a deep link and a reload work`, async ({ page, serve }) => {
		const url = await serve({ folder });
		await page.goto(url);
		await heading(page, 'Segments');
		await ready(page);
		assert.ok(page.url().startsWith(`${url}#/segments`), page.url());

		await page.goto(`${url}#/archive`);
		await heading(page, 'Archive');
		await page.reload();
		await heading(page, 'Archive');
		await ready(page);
	});

for (const folder of ['/', '/demo/'])
	story(`at ${folder} the app opens without a network after the first visit`, async (stage) => {
		const { page, context } = stage;
		await page.goto(await stage.serve({ folder }));
		await ready(page);
		await keptOffline(page);
		await stage.unplug();
		await context.setOffline(true);
		await page.reload();
		await heading(page, 'Segments');
		await ready(page);
	});

/** Runs in the worker itself: what a debugger evaluates is exempt from the policy. */
const attempt = `new BroadcastChannel('attempt').onmessage = async ({ data }) => {
	const answer = await fetch(data, { mode: 'no-cors' }).catch(() => undefined);
	let run = 'refused';
	try { run = (0, eval)('1 + 1'); } catch {}
	new BroadcastChannel('attempted').postMessage([answer ? 'fetched' : 'refused', run]);
};`;

story('neither the page nor its worker can talk to anybody else, or run text', async (stage) => {
	const { page } = stage;
	stage.allow(/Content Security Policy|requires 'TrustedHTML'/);
	let reached = 0;
	const stranger = createServer((_, response) => {
		reached += 1;
		response.end();
	});
	await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening));
	const elsewhere = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;

	await page.goto(await stage.serve({ rewrite: beforeWorker(attempt) }));
	await ready(page);
	const inWorker = await page.evaluate(async (address) => {
		const attempted = new BroadcastChannel('attempted');
		new BroadcastChannel('attempt').postMessage(address);
		return new Promise((done) => (attempted.onmessage = ({ data }) => done(data)));
	}, elsewhere);
	assert.deepEqual(inWorker, ['refused', 'refused']);

	const inPage = await page.evaluate(async (address) => {
		const answer = await fetch(address, { mode: 'no-cors' }).catch(() => undefined);
		try {
			document.body.innerHTML = '<p>from text</p>';
			return [answer ? 'fetched' : 'refused', 'written'];
		} catch {
			return [answer ? 'fetched' : 'refused', 'refused'];
		}
	}, elsewhere);
	assert.deepEqual(inPage, ['refused', 'refused']);
	assert.equal(reached, 0);
	await new Promise((closed) => stranger.close(closed));
});

const withoutOpfs = `navigator.storage.getDirectory = () => Promise.reject(new DOMException('refused', 'SecurityError'));`;

story('where OPFS is refused the app works, and says how much it can hold', async (stage) => {
	const { page } = stage;
	const url = await stage.serve({ rewrite: beforeWorker(withoutOpfs) });
	await page.goto(url);
	await ready(page);
	await page.getByText('up to 100,000 contacts and 1,000,000 events').waitFor();
});

story('a new version waits until somebody takes it, and then every tab has it', async (stage) => {
	const { page, context } = stage;
	let version = 1;
	const url = await stage.serve({
		rewrite: (path, body) =>
			path === 'service-worker.js' ? Buffer.concat([body, Buffer.from(`// ${version}`)]) : body
	});
	await page.goto(url);
	await ready(page);
	await keptOffline(page);
	await page.reload();
	const other = await context.newPage();
	await other.goto(url);
	await ready(other);
	const remember = (tab: Page) => tab.evaluate(() => document.body.setAttribute('data-old', ''));
	await remember(page);
	await remember(other);

	version = 2;
	await page.evaluate(async () => {
		const registration = await navigator.serviceWorker.getRegistration();
		await registration?.update();
	});
	await page.getByText('A new version is ready.').waitFor();
	await page.getByRole('button', { name: 'Reload' }).click();
	for (const tab of [page, other]) {
		await tab.locator('body:not([data-old])').waitFor();
		await ready(tab);
	}
});

story(
	'a database whose file list was being written when its tab died is all there',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		// A page of the same origin without the app, so that nobody holds the files.
		await page.goto(`${url}favicon.svg`);
		await eventually(() =>
			page.evaluate(async () => {
				const root = await navigator.storage.getDirectory();
				const directory = await root.getDirectoryHandle('winnow-sample');
				const state = await (await directory.getFileHandle('state.txt')).createWritable();
				await state.truncate(0);
				await state.close();
			})
		);
		await page.goto(url);
		await page.getByRole('navigation', { name: 'Main' }).getByText('2,000').waitFor();
	}
);
