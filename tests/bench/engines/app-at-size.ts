import { openBrowser, findBrowser } from '../../e2e/browser';
import { serve } from '../../../src/scripts/serve';
import { variedRules } from '../edits';
import { open, recorded, saveSegment, watch } from '../flows';
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
