import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { serve, type ServeOptions } from '../../src/scripts/serve';
import { openBrowser, type FoundBrowser } from './browser';

export interface Stage {
	readonly page: Page;
	readonly context: BrowserContext;
	/** Where the app is served, with a slash at the end. */
	readonly url: string;
	/** Serves the build once more, in another folder or with changed files. Gives its address. */
	serve(options?: Partial<ServeOptions>): Promise<string>;
	/** Takes every server of this story off the network. */
	unplug(): Promise<void>;
	/** A console message this story provokes. Any other error, warning of a policy or lost promise fails it. */
	allow(message: RegExp): void;
}

export interface Story {
	readonly name: string;
	/** Milliseconds */
	readonly patience: number;
	run(stage: Stage): Promise<void>;
}

const told: Story[] = [];

/** One thing a person does, from an empty browser. `patience` in milliseconds. */
export function story(name: string, run: Story['run'], { patience = 60_000 } = {}): void {
	told.push({ name, patience, run });
}

/** The stories told since the last call. */
export const takeStories = (): Story[] => told.splice(0);

/** Asks again and again until it does not throw; then gives its answer. */
export async function eventually<T>(
	ask: () => T | Promise<T>,
	{ within = 10_000 } = {}
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
	const { context, close } = await openBrowser(browser, {
		locale: 'en-GB',
		timezoneId: 'Europe/Zurich',
		viewport: { width: 1360, height: 850 },
		reducedMotion: 'reduce'
	});
	// tsx names functions by a helper of its own, which a function sent to the page does not find there.
	await context.addInitScript('globalThis.__name ??= (named) => named');
	const allowed: RegExp[] = [];
	const troubles: string[] = [];
	context.on('console', (message) => {
		if (message.type() === 'error') troubles.push(`${message.text()} ${message.location().url}`);
	});
	context.on('weberror', (event) => troubles.push(String(event.error().stack)));

	const servers: { close(): Promise<void> }[] = [];
	const served: Stage['serve'] = async (options) => {
		const server = await serve({ directory: 'build', port: 0, ...options });
		servers.push(server);
		return server.url;
	};
	const unplug = async () => {
		await Promise.all(servers.splice(0).map((server) => server.close()));
	};
	try {
		const page = context.pages()[0] ?? (await context.newPage());
		const stage: Stage = {
			page,
			context,
			url: await served(),
			serve: served,
			unplug,
			allow: (message) => allowed.push(message)
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
		await close();
		await unplug();
	}
}

const textOf = (error: unknown) => String(error instanceof Error ? error.stack : error);

async function tooLong(patience: number): Promise<never> {
	await pause(patience, undefined, { ref: false });
	throw new Error(`Not over after ${patience / 1000} s.`);
}
