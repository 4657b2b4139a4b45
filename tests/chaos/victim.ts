import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { args } from '../e2e/browser';

/** A browser in a process group of its own, on a profile that outlives it. */
export class Victim {
	readonly context: BrowserContext;
	readonly #browser: Browser;
	readonly #child: ChildProcess;

	private constructor(browser: Browser, child: ChildProcess) {
		this.#browser = browser;
		this.#child = child;
		// What is connected to by its port has one context: that of the profile.
		this.context = browser.contexts()[0]!;
	}

	static async start(executablePath: string, profile: string): Promise<Victim> {
		const child = spawn(
			executablePath,
			[
				...args,
				'--headless',
				'--window-size=1360,850',
				'--remote-debugging-port=0',
				`--user-data-dir=${profile}`
			],
			{ detached: true, stdio: ['ignore', 'ignore', 'pipe'] }
		);
		const browser = await chromium.connectOverCDP(await addressOf(child));
		const victim = new Victim(browser, child);
		// tsx names functions by a helper of its own, which a function sent to the page does not find there.
		await victim.context.addInitScript('globalThis.__name ??= (named) => named');
		return victim;
	}

	/** Sends SIGKILL to all of its processes, at once. */
	strike(): void {
		if (this.#child.exitCode === null && this.#child.signalCode === null)
			process.kill(-this.#child.pid!, 'SIGKILL');
	}

	/** Resolves when it is gone and all it had said before has been heard. */
	async gone(): Promise<void> {
		while (this.#child.exitCode === null && this.#child.signalCode === null) await pause(10);
		while (this.#browser.isConnected()) await pause(10);
		while (isRunning(this.#child.pid!)) await pause(10);
	}
}

/** Where it listens, as it says itself. */
function addressOf(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let said = '';
		child.once('error', reject);
		child.once('exit', () => reject(new Error(`The browser did not start.\n${said}`)));
		child.stderr!.setEncoding('utf8').on('data', (text: string) => {
			said += text;
			const [, address] = /DevTools listening on (\S+)/.exec(said) ?? [];
			if (address) resolve(address);
		});
	});
}

function isRunning(group: number): boolean {
	try {
		process.kill(-group, 0);
		return true;
	} catch {
		return false; // nobody is left to be signalled
	}
}
