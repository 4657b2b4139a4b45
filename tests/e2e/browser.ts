import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext, type BrowserContextOptions } from 'playwright-core';

/** What every browser of the tests is started with. */
export const args = [
	'--no-sandbox',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

export interface FoundBrowser {
	readonly from: string;
	readonly executablePath: string;
}

/** An empty browser with a profile of its own on the disk: a private window's storage is three times slower. */
export async function openBrowser(
	{ executablePath }: FoundBrowser,
	options: BrowserContextOptions = {}
): Promise<{ context: BrowserContext; close(): Promise<void> }> {
	const profile = await mkdtemp(join(tmpdir(), 'winnow-e2e-'));
	const context = await chromium.launchPersistentContext(profile, {
		...options,
		executablePath,
		args
	});
	return {
		context,
		async close() {
			await context.close();
			await rm(profile, { recursive: true, force: true, maxRetries: 5 });
		}
	};
}

/** Of the browser that is found. */
export async function chromiumVersion(): Promise<string> {
	const { context, close } = await openBrowser(await findBrowser());
	const version = context.browser()?.version() ?? 'unknown';
	await close();
	return version;
}

/** The first Chromium there is. */
export async function findBrowser(): Promise<FoundBrowser> {
	const wanted = process.env.CHROME_PATH;
	if (wanted) return { from: 'CHROME_PATH', executablePath: wanted };

	const own = chromium.executablePath();
	if (existsSync(own)) return { from: 'playwright', executablePath: own };

	if (process.platform === 'linux' && process.arch === 'x64') {
		const { default: packed } = await import('@sparticuz/chromium');
		return { from: '@sparticuz/chromium', executablePath: await packed.executablePath() };
	}

	const installed = [
		onPath('chromium'),
		onPath('google-chrome'),
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
	].find((path) => path !== undefined && existsSync(path));
	if (installed) return { from: 'installed', executablePath: installed };

	throw new Error('No browser. Run `npx playwright-core install chromium`, or set CHROME_PATH.');
}

function onPath(name: string): string | undefined {
	return (process.env.PATH ?? '')
		.split(delimiter)
		.map((directory) => join(directory, name))
		.find((path) => existsSync(path));
}
