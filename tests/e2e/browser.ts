import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
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

/** Where a browser finds a server by a name, and with which profile it begins. */
export interface BrowserBeginning {
	/** A folder of a browser that is closed; it is copied. */
	readonly profile?: string | undefined;
	/** `http://NAME` is served on a port of this machine. */
	readonly host?: { readonly name: string; readonly port: number } | undefined;
}

export interface OpenBrowser {
	readonly context: BrowserContext;
	readonly profile: string;
	/** Ends all of its processes at once by SIGKILL, and opens it again on what they have left. */
	crash(): Promise<BrowserContext>;
	close(): Promise<void>;
}

/** A browser with a profile of its own on the disk, empty at first: a private window's storage is three times slower. */
export async function openBrowser(
	{ executablePath }: FoundBrowser,
	options: BrowserContextOptions = {},
	{ profile: from, host }: BrowserBeginning = {}
): Promise<OpenBrowser> {
	const profile = await mkdtemp(join(tmpdir(), 'winnow-e2e-'));
	if (from) await cp(from, profile, { recursive: true });
	const found = host && `--host-resolver-rules=MAP ${host.name}:80 127.0.0.1:${host.port}`;
	const launch = () =>
		chromium.launchPersistentContext(profile, {
			...options,
			executablePath,
			args: found ? [...args, found] : args
		});
	let context = await launch();
	return {
		context,
		profile,
		async crash() {
			const gone = new Promise((resolve) => context.once('close', resolve));
			process.kill(-browserOf(profile), 'SIGKILL');
			await gone;
			return (context = await launch());
		},
		async close() {
			await context.close();
			await rm(profile, { recursive: true, force: true, maxRetries: 5 });
		}
	};
}

/** The process on this profile that leads all the others, and with them a group of their own. */
function browserOf(profile: string): number {
	const lines = execFileSync('ps', ['-axwwo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
	const line = lines.find(
		(line) => line.includes(`--user-data-dir=${profile}`) && !line.includes('--type=')
	);
	if (!line) throw new Error(`There is no browser on ${profile}.`);
	return Number.parseInt(line, 10);
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
