import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const args = [
	'--no-sandbox',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** Starts the first Chromium there is, and says which. */
export async function launch(): Promise<Browser> {
	const { from, executablePath } = await find();
	const browser = await chromium.launch({ executablePath, args });
	console.log(`browser: ${from}, ${browser.version()}`);
	return browser;
}

async function find(): Promise<{ from: string; executablePath: string }> {
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
