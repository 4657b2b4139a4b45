import { readFileSync, writeFileSync } from 'node:fs';
import type { BrowserContext } from 'playwright-core';

/** Memory of the page's process, of which its workers are a part, in megabytes. */
export interface Memory {
	readonly now: number;
	/** The most since the process began, or since `forgetPeak`. */
	readonly peak: number;
}

/** Nothing where the system does not tell. Of several renderers the largest is the page's. */
export async function memoryOf(context: BrowserContext): Promise<Memory | undefined> {
	const found = (await renderersOf(context)).flatMap((pid) => memoryOfProcess(pid) ?? []);
	return found.sort((a, b) => b.peak - a.peak)[0];
}

/** Lets the peak begin anew at what is taken now. */
export async function forgetPeak(context: BrowserContext): Promise<void> {
	for (const pid of await renderersOf(context)) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

async function renderersOf(context: BrowserContext): Promise<number[]> {
	if (process.platform !== 'linux') return [];
	const session = await context.browser()!.newBrowserCDPSession();
	const { processInfo } = await session.send('SystemInfo.getProcessInfo');
	await session.detach();
	return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

function memoryOfProcess(pid: number): Memory | undefined {
	const text = readFileSync(`/proc/${pid}/status`, 'utf8');
	const megabytes = (name: string) =>
		Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) / 1024;
	return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
