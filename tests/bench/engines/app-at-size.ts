import type { Page } from 'playwright-core';
import { names } from '../../../src/lib/engine/protocol';
import { openBrowser, findBrowser } from '../../e2e/browser';
import { serve } from '../../../src/scripts/serve';
import { variedRules } from '../edits';
import { open, recorded, saveSegment, toIndex, watch } from '../flows';
import type { Add } from '../measure';
import { median } from '../percentile';
import { memoryOf } from './memory';
import type { WinnowBench } from './winnow';

const segments = 10;
const opens = 5;

/** The app itself at the bare page's address, with the contacts that were loaded there. */
export async function measureWarmOpens({ bench }: WinnowBench, add: Add): Promise<void> {
	const { context } = bench;
	await bench.page.close();
	const url = await bench.serveApp();
	await watch(context);
	const page = await open(context, url, '#/segments');
	for (const rule of variedRules(segments)) await saveSegment(page, rule);
	await toIndex(page);
	await filesRest(page);
	await page.close();

	const [first, all]: [number[], number[]] = [[], []];
	for (let i = 0; i < opens; i++) {
		const page = await open(context, url, '#/segments');
		await page.waitForFunction((rows) => window.bench.allCounts?.rows === rows, segments);
		const { firstCount, allCounts } = await recorded(page);
		first.push(firstCount!);
		all.push(allCounts!.at);
		if (i === opens - 1) {
			const memory = await memoryOf(context);
			if (memory) add('Memory of the app’s own page, counted', memory.peak, 'MB');
		}
		await page.close();
	}
	add('Warm open of the app to the first count', median(first), 'ms', 500);
	add(`Warm open of the app to all counts of ${segments} segments`, median(all), 'ms');
}

/** Milliseconds without a change after which what was asked about is taken to be saved, as in an app that is in use. */
const rest = 15_000;

async function filesRest(page: Page): Promise<void> {
	let [before, since] = ['', Date.now()];
	while (Date.now() - since < rest) {
		const now = await page.evaluate(async (folder) => {
			const found: string[] = [];
			const root = await navigator.storage.getDirectory();
			const files = await root.getDirectoryHandle(folder, { create: true });
			for await (const name of files.keys()) found.push(name);
			return found.sort().join();
		}, names('winnow').mirrors);
		if (now !== before) [before, since] = [now, Date.now()];
		await page.waitForTimeout(1_000);
	}
}

/** The app on its first visit, from the address to a database that is ready. */
export async function measureColdOpens(add: Add): Promise<void> {
	const server = await serve({ directory: 'build', port: 0 });
	const times: number[] = [];
	for (let i = 0; i < 3; i++) {
		const { context, close } = await openBrowser(await findBrowser());
		const page = await open(context, server.url, '#/segments');
		const ready = await page.waitForFunction(
			() => document.body.innerText.includes('Saved on this device') && performance.now()
		);
		times.push(Number(await ready.jsonValue()));
		await close();
	}
	await server.close();
	add('Cold open of the app, from this machine', median(times), 'ms', 1000);
}
