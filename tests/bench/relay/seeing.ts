import type { Page } from 'playwright-core';
import { serve } from '../../../src/scripts/serve';
import { anotherDevice, invitation, join, share } from '../../e2e/teaming';
import { endRelays, startRelay } from '../../fixtures/relay';
import type { Add } from '../measure';
import { percentile } from '../percentile';

const edits = 60;

declare global {
	interface Window {
		/** When Enter was last pressed, and when each title was first seen: milliseconds since 1970. */
		pressed: number;
		seen: Record<string, number>;
	}
}

/** One person renames a segment, another looks at it: from the key to the other's screen, through a relay on this machine. */
export async function measureSeeing(add: Add): Promise<void> {
	const server = await serve({ directory: 'build', port: 0 });
	const relay = await startRelay();
	const [mia, jon] = [await anotherDevice(), await anotherDevice()];
	try {
		await newSegment(mia.page, server.url);
		const hash = new URL(mia.page.url()).hash.replace(/\/edit$/, '');
		await share(mia.page, server.url, relay.url);
		await join(jon.page, await invitation(mia.page, 'Editor'), 'Jon');
		for (const { page } of [mia, jon]) {
			await page.goto(`${server.url}${hash}`);
			await title(page).waitFor();
			await page.evaluate(watch);
		}
		const times: number[] = [];
		for (let i = 0; i < edits; i++) times.push(await rename(mia.page, jon.page, `Name ${i}`));
		add(`Edit in one browser to seen in another, median of ${edits}`, percentile(times, 0.5), 'ms');
		add('Edit in one browser to seen in another, 95 of 100', percentile(times, 0.95), 'ms', 200);
	} finally {
		await mia.close();
		await jon.close();
		await endRelays();
		await server.close();
	}
}

const title = (page: Page) => page.getByRole('heading', { level: 1 }).getByRole('button');

async function newSegment(page: Page, url: string): Promise<void> {
	await page.goto(`${url}#/segments/new`);
	await page.getByRole('combobox').last().fill('placed order');
	await page
		.getByRole('option', { name: /^Placed order/ })
		.first()
		.click();
	await page.waitForURL(/segments\/(?!new)/);
	await page.keyboard.press('Control+s');
	await page.getByText('Saved', { exact: true }).first().waitFor();
}

async function rename(from: Page, to: Page, name: string): Promise<number> {
	await title(from).click();
	await from.getByRole('textbox', { name: 'Name' }).fill(name);
	await from.keyboard.press('Enter');
	const seen = await to.waitForFunction((wanted) => window.seen[wanted], name);
	return (await seen.jsonValue())! - (await from.evaluate(() => window.pressed));
}

/** Runs in the page. */
function watch(): void {
	const moment = () => performance.timeOrigin + performance.now();
	window.seen = {};
	const press = ({ key, timeStamp }: KeyboardEvent) => {
		if (key === 'Enter') window.pressed = performance.timeOrigin + timeStamp;
	};
	window.addEventListener('keydown', press, true);
	new MutationObserver(() => {
		const text = document.querySelector('h1')?.textContent?.trim() ?? '';
		window.seen[text] ??= moment();
	}).observe(document, { subtree: true, childList: true, characterData: true });
}
