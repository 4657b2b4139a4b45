import { join, resolve } from 'node:path';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { findBrowser, openBrowser } from '../../e2e/browser';
import { serve } from '../../../src/scripts/serve';
import type { Add } from '../measure';
import { median } from '../percentile';
import { largeWorkspace } from './large-workspace';
import type {} from './page/page';

const segments = 5_000;
const opens = 5;

/** In the app, milliseconds since the navigation: the stored bytes are there, the list is on the page. */
interface Opened {
	bytes?: number;
	list?: number;
}
declare global {
	interface Window {
		opened: Opened;
		update: Uint8Array;
	}
}

/** Opens a large workspace, by the app's code on a bare page and in the built app with the document on the disk. */
export async function measureOpening(directory: string, add: Add): Promise<void> {
	const update = largeWorkspace(segments);
	add('Workspace of 5,000 segments: its bytes', update.length / 2 ** 20, 'MB', 16);
	const { context, close } = await openBrowser(await findBrowser(), { serviceWorkers: 'block' });
	try {
		await context.addInitScript('globalThis.__name ??= (named) => named');
		await context.route('**/document', (route) => route.fulfill({ body: Buffer.from(update) }));
		const bare = await measureBare(context, join(directory, 'opening'));
		const [times, work] = [bare.map(({ ms }) => ms), bare.map(({ processor }) => processor)];
		add('Workspace of 5,000 segments: its bytes to their list', median(times), 'ms', 1_000);
		add('The same, of the processor alone', median(work), 'ms');
		const whole = await measureApp(context);
		add('Workspace of 5,000 segments: its bytes to the list on the page', median(whole), 'ms');
	} finally {
		await close();
	}
}

async function measureBare(context: BrowserContext, outDir: string) {
	await build({
		configFile: false,
		root: join(import.meta.dirname, 'page'),
		base: './',
		logLevel: 'error',
		resolve: { alias: { $lib: resolve('src/lib') } },
		build: { outDir, emptyOutDir: true, target: 'es2022' }
	});
	const server = await serve({ directory: outDir, port: 0 });
	try {
		return await inNewPages(context, server.url, async (page) => {
			await page.evaluate(async () => {
				window.update = new Uint8Array(await (await fetch('document')).arrayBuffer());
			});
			const session = await context.newCDPSession(page);
			await session.send('Performance.enable', { timeDomain: 'threadTicks' });
			const before = await processorTime(session);
			const { ms, names } = await page.evaluate(() => window.readSegments(window.update));
			if (names !== segments) throw new Error(`Only ${names} segments have a name.`);
			return { ms, processor: (await processorTime(session)) - before };
		});
	} finally {
		await server.close();
	}
}

async function measureApp(context: BrowserContext): Promise<number[]> {
	const server = await serve({ directory: 'build', port: 0 });
	try {
		await context.route('**/blank', (route) =>
			route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
		);
		await inNewPages(context, `${server.url}blank`, (page) => page.evaluate(putDocument), 1);
		await context.addInitScript(watchOpening);
		return await inNewPages(context, `${server.url}#/segments`, async (page) => {
			const list = () => window.opened?.list !== undefined;
			await page.waitForFunction(list, undefined, { timeout: 120_000 });
			const { bytes, list: end } = await page.evaluate(() => window.opened);
			return end! - bytes!;
		});
	} finally {
		await server.close();
	}
}

/** Milliseconds that a page's main thread has worked: what others do on the machine is not in it. */
async function processorTime(session: CDPSession): Promise<number> {
	const { metrics } = await session.send('Performance.getMetrics');
	return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1_000;
}

async function inNewPages<T>(
	context: BrowserContext,
	url: string,
	look: (page: Page) => Promise<T>,
	times = opens
): Promise<T[]> {
	const seen: T[] = [];
	for (let i = 0; i < times; i++) {
		const page = await context.newPage();
		await page.goto(url);
		seen.push(await look(page));
		await page.close();
	}
	return seen;
}

/** Runs in the page: leaves the document on the disk as the app would. */
async function putDocument(): Promise<void> {
	const update = new Uint8Array(await (await fetch('document')).arrayBuffer());
	const opening = indexedDB.open('winnow-workspace:winnow', 1);
	await new Promise<void>((done, failed) => {
		opening.onerror = () => failed(opening.error);
		opening.onupgradeneeded = () => {
			opening.result.createObjectStore('updates', { autoIncrement: true });
			opening.result.createObjectStore('custom');
			opening.transaction!.objectStore('updates').add(update);
		};
		opening.onsuccess = () => done();
	});
	opening.result.close();
}

/** Runs in the page before the app does. */
function watchOpening(): void {
	const opened: Opened = {};
	window.opened = opened;
	const getAll = IDBObjectStore.prototype.getAll;
	IDBObjectStore.prototype.getAll = function (...asked) {
		const request = getAll.apply(this, asked);
		if (this.name === 'updates')
			request.addEventListener('success', () => (opened.bytes ??= performance.now()));
		return request;
	};
	new MutationObserver(() => {
		if (document.querySelector('tbody tr')) opened.list ??= performance.now();
	}).observe(document, { subtree: true, childList: true });
}
