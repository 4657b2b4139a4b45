import { resolve } from 'node:path';
import { build } from 'vite';
import type { BrowserContext, Page } from 'playwright-core';
import { serve, type Served } from '../../../src/scripts/serve';
import { findBrowser, openBrowser } from '../../e2e/browser';

const directory = '.e2e/engines';

/** Builds the bare page that has one engine's worker: the app's own code, and the others' packages. */
export const buildPage = () =>
	build({
		configFile: false,
		root: resolve(import.meta.dirname, 'page'),
		base: './',
		logLevel: 'error',
		resolve: { alias: { $lib: resolve('src/lib') } },
		worker: { format: 'es', rolldownOptions: { checks: { eval: false } } },
		build: { outDir: resolve(directory), emptyOutDir: true, target: 'es2022' }
	});

/** A bare page with one engine in a browser of its own, so that no other shares its process. */
export interface Bench {
	readonly page: Page;
	readonly context: BrowserContext;
	/** Serves the app in place of the bare page, at the same address: it finds what was loaded here. */
	serveApp(): Promise<string>;
	close(): Promise<void>;
}

export async function openBench(engine: 'winnow' | 'duckdb' | 'sqlite'): Promise<Bench> {
	let server: Served = await serve({ directory, port: 0 });
	const { context, close } = await openBrowser(await findBrowser(), {
		locale: 'en-GB',
		timezoneId: 'Europe/Zurich',
		viewport: { width: 1360, height: 850 }
	});
	context.setDefaultTimeout(60 * 60_000);
	const page = context.pages()[0] ?? (await context.newPage());
	page.on('console', (message) => {
		if (message.type() === 'error') console.error(`${engine}: ${message.text()}`);
	});
	page.on('pageerror', (error) => console.error(`${engine}: ${error.stack}`));
	await page.goto(`${server.url}#${engine}`);
	return {
		page,
		context,
		async serveApp() {
			const { port } = new URL(server.url);
			await server.close();
			server = await serve({ directory: 'build', port: Number(port) });
			return server.url;
		},
		async close() {
			await close();
			await server.close();
		}
	};
}
