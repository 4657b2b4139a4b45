import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { serve, type ServeOptions } from '../../src/scripts/serve';
import { openBrowser, type BrowserBeginning, type FoundBrowser } from './browser';
import { hostAt, sampleProfile, sampleUrl } from './sample';

export interface Stage {
	readonly page: Page;
	readonly context: BrowserContext;
	/** Where the app is served, with a slash at the end. */
	readonly url: string;
	/** Serves the build once more, in another folder or with changed files. Gives its address. */
	serve(options?: Partial<ServeOptions>): Promise<string>;
	/** Kills the browser by SIGKILL and opens it again, on the disk as it was. Gives a new page of it. */
	crash(): Promise<Page>;
	/** Takes every server of this story off the network. */
	unplug(): Promise<void>;
	/** A console message this story provokes. Any other error, warning of a policy or lost promise fails it. */
	allow(message: RegExp): void;
	/** Has this done when the story is over and its browser gone, the last first. */
	afterwards(work: () => Promise<unknown>): void;
}

export interface Story {
	readonly name: string;
	/** Milliseconds */
	readonly patience: number;
	/** It begins in a browser that has the sample open, as it is right after it was made. */
	readonly sample: boolean;
	run(stage: Stage): Promise<void>;
}

const told: Story[] = [];

/** One thing a person does, from an empty browser, or one that has the sample. `patience` in milliseconds. */
export function story(
	name: string,
	run: Story['run'],
	{ patience = 120_000, sample = false } = {}
): void {
	told.push({ name, patience, sample, run });
}

/** The stories told since the last call. */
export const takeStories = (): Story[] => told.splice(0);

/** Asks again and again until it does not throw; then gives its answer. */
export async function eventually<T>(
	ask: () => T | Promise<T>,
	{ within = 20_000 } = {}
): Promise<T> {
	const end = performance.now() + within;
	for (;;) {
		try {
			return await ask();
		} catch (error) {
			if (performance.now() > end) throw error;
			await pause(50);
		}
	}
}

/** Runs one story in a browser of its own. Rejects with what went wrong; `screenshot` is then a picture of it. */
export async function perform(
	story: Story,
	browser: FoundBrowser,
	screenshot: string
): Promise<void> {
	const servers: { close(): Promise<void> }[] = [];
	const served = async (options?: Partial<ServeOptions>) => {
		const server = await serve({ directory: 'build', port: 0, ...options });
		servers.push(server);
		return server.url;
	};
	let url = await served();
	let beginning: BrowserBeginning = {};
	if (story.sample) {
		beginning = { profile: await sampleProfile(browser), host: hostAt(url) };
		url = sampleUrl;
	}
	const opened = await openBrowser(
		browser,
		{
			locale: 'en-GB',
			timezoneId: 'Europe/Zurich',
			viewport: { width: 1360, height: 850 },
			reducedMotion: 'reduce'
		},
		beginning
	);
	const allowed: RegExp[] = [];
	const last: (() => Promise<unknown>)[] = [];
	const troubles: string[] = [];
	let { context } = opened;
	const prepare = async () => {
		// tsx names functions by a helper of its own, which a function sent to the page does not find there.
		await context.addInitScript('globalThis.__name ??= (named) => named');
		context.on('console', (message) => {
			if (message.type() === 'error') troubles.push(`${message.text()} ${message.location().url}`);
		});
		context.on('weberror', (event) => troubles.push(String(event.error().stack)));
		return context.pages()[0] ?? (await context.newPage());
	};

	const unplug = async () => {
		await Promise.all(servers.splice(0).map((server) => server.close()));
	};
	try {
		const page = await prepare();
		const stage: Stage = {
			page,
			context,
			url,
			serve: served,
			async crash() {
				context = await opened.crash();
				return prepare();
			},
			unplug,
			allow: (message) => allowed.push(message),
			afterwards: (work) => last.unshift(work)
		};
		try {
			const told = Promise.race([story.run(stage), tooLong(story.patience)]);
			const failures = await told.then(
				(): string[] => [],
				(error: unknown) => [textOf(error)]
			);
			const unexpected = troubles.filter((text) => !allowed.some((known) => known.test(text)));
			if (unexpected.length > 0) failures.push(`In the console:\n${unexpected.join('\n')}`);
			if (failures.length > 0) throw new Error(failures.join('\n'));
		} catch (error) {
			await context
				.pages()
				.at(-1)
				?.screenshot({ path: screenshot, timeout: 5_000 })
				.catch(() => {});
			throw error;
		}
	} finally {
		await opened.close();
		await unplug();
		for (const work of last) await work();
	}
}

const textOf = (error: unknown) => String(error instanceof Error ? error.stack : error);

async function tooLong(patience: number): Promise<never> {
	await pause(patience, undefined, { ref: false });
	throw new Error(`Not over after ${patience / 1000} s.`);
}
