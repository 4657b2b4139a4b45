import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { serve, type Served } from '../../src/scripts/serve';
import type { Acknowledged } from './lab/lab';
import { buildChaos, directory } from './lab/build';
import type { Moment } from './moment';
import { momentFile, tapChannel, tapScript, type Tap, type TapSays } from './tap';
import { Victim } from './victim';

/** Milliseconds after which nothing more is expected to happen. */
const patience = 60_000;

/** Which of the lab's databases, and of how many migrations; all of them when left out. */
export interface LabAddress {
	readonly workspace: string;
	readonly migrations?: number;
}

/** One profile on the disk, and one browser after another on it: each is killed, the next one finds what is left. */
export class World {
	/** All that was answered for to any page of it. */
	readonly acknowledged: Acknowledged[] = [];
	readonly #executablePath: string;
	readonly #profile: string;
	#server: Served | undefined;
	#victim: Victim | undefined;
	/** What the next worker begins with. */
	#tap: Tap | null = null;
	#onmoment = () => {};

	private constructor(executablePath: string, profile: string) {
		this.#executablePath = executablePath;
		this.#profile = profile;
	}

	static async open(executablePath: string): Promise<World> {
		await buildChaos();
		const world = new World(executablePath, await mkdtemp(join(tmpdir(), 'winnow-chaos-')));
		world.#server = await serve({
			directory,
			port: 0,
			rewrite: (path, body) => world.#rewritten(path, body)
		});
		return world;
	}

	/** A page of the lab, whose database has answered or will. */
	async lab({ workspace, migrations }: LabAddress): Promise<Page> {
		const only = migrations === undefined ? '' : `&migrations=${migrations}`;
		return this.#page(`lab/?workspace=${workspace}${only}`);
	}

	/** A page of the app. */
	app = (place: string): Promise<Page> => this.#page(`app/${place}`);

	/** The namespace of the app's database here, for the lab to look into it. */
	readonly appWorkspace = 'winnow-app';

	async #page(path: string): Promise<Page> {
		this.#victim ??= await Victim.start(this.#executablePath, this.#profile);
		const page = await this.#victim.context.newPage();
		await page.exposeFunction('acknowledge', (what: Acknowledged) => {
			this.acknowledged.push(what);
		});
		await page.goto(this.#server!.url + path);
		return page;
	}

	/** Waits until so many more writes have been answered for. */
	async heard(writes: number): Promise<void> {
		const until = this.acknowledged.length + writes;
		while (this.acknowledged.length < until) await pause(10);
	}

	/** From the next worker on, until told otherwise, file operations are counted and stopped at so. */
	tapNext(tap: Tap | null): void {
		this.#tap = tap;
	}

	/** The same for the worker that is at work. */
	arm(page: Page, tap: Tap): Promise<void> {
		return page.evaluate(armed, { tap, channel: tapChannel });
	}

	/** How many file operations the worker has made since it is counted. */
	counted(page: Page): Promise<number> {
		return page.evaluate(counted, tapChannel);
	}

	/**
	 * Waits for the moment, or until the work is over without coming to it, and kills the browser. Tells whether the
	 * moment came.
	 */
	async strike(moment: Moment, over: Promise<unknown> = never): Promise<boolean> {
		const reached = new Promise<boolean>((resolve) => {
			this.#onmoment = () => {
				this.#victim?.strike();
				resolve(true);
			};
		});
		const came =
			moment.type === 'time' ? pause(moment.ms, true) : Promise.race([reached, pause(patience)]);
		// What fails does so because it was killed.
		const ended = over.then(
			() => false,
			() => came
		);
		const inTime = (await Promise.race([came, ended])) === true;
		await this.kill();
		return inTime;
	}

	async kill(): Promise<void> {
		const victim = this.#victim;
		victim?.strike();
		await victim?.gone();
		this.#victim = undefined;
		this.#tap = null;
		this.#onmoment = () => {};
	}

	/** Ends it all, and removes the profile. */
	async close(): Promise<void> {
		await this.kill();
		await this.#server?.close();
		await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
	}

	#rewritten(path: string, body: Buffer): Buffer {
		if (path === momentFile) this.#onmoment();
		if (!/\/worker-[^/]+\.js$/.test(path)) return body;
		return Buffer.concat([Buffer.from(tapScript(this.#tap)), body]);
	}
}

const never = new Promise<never>(() => {});

function armed({ tap, channel }: { tap: Tap; channel: string }): Promise<void> {
	const wire = new BroadcastChannel(channel);
	return new Promise((resolve) => {
		wire.onmessage = ({ data }: MessageEvent<TapSays>) => {
			if (data.type === 'armed') resolve(wire.close());
		};
		wire.postMessage({ type: 'arm', tap } satisfies TapSays);
	});
}

function counted(channel: string): Promise<number> {
	const wire = new BroadcastChannel(channel);
	return new Promise((resolve) => {
		wire.onmessage = ({ data }: MessageEvent<TapSays>) => {
			if (data.type !== 'counted') return;
			wire.close();
			resolve(data.count);
		};
		wire.postMessage({ type: 'count' } satisfies TapSays);
	});
}
