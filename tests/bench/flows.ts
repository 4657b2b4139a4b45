import type { BrowserContext, Page } from 'playwright-core';
import { record, type Recorded } from './recorder';

/** Milliseconds for anything here; a million rows take their time. */
const patience = 30 * 60_000;

export type Condition = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** Makes every page of this browser write down how it does. */
export async function watch(context: BrowserContext): Promise<void> {
	context.setDefaultTimeout(patience);
	// What the recorder is compiled to names its functions with a helper that pages do not have.
	await context.addInitScript('globalThis.__name ??= (named) => named');
	await context.addInitScript(record);
}

export const recorded = (page: Page): Promise<Recorded> => page.evaluate(() => window.bench);

/** The longest of the tasks noted since `from` (milliseconds since the navigation); 0 if none took 50 ms. */
export const longestTask = ({ tasks }: Recorded, from = 0): number =>
	Math.max(0, ...tasks.filter(({ at }) => at >= from).map(({ ms }) => ms));

/** A new page of the app at `path`, which starts with `#`. */
export async function open(context: BrowserContext, url: string, path: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(url + path);
	return page;
}

/** Goes to the index of segments, without loading the app anew. */
export async function toIndex(page: Page): Promise<void> {
	await page
		.getByRole('navigation')
		.getByRole('link', { name: /^Segments/ })
		.first()
		.click();
	await page.getByRole('heading', { name: /^Segments/, level: 1 }).waitFor();
}

const row = (condition: Condition, id: string) => ({ type: 'condition', id, condition });

const rules = (page: Page) => page.getByRole('region', { name: 'Rules' });
const rows = (page: Page) => rules(page).locator('[data-node]');

/** Pastes a condition into the builder, as a row copied from elsewhere. */
export function paste(page: Page, condition: Condition, id = 'pasted'): Promise<void> {
	return rules(page).evaluate(
		(element, text) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', text);
			element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
		},
		JSON.stringify(row(condition, id))
	);
}

/** Does something in the builder that changes the count; gives how long it took to the new total, in milliseconds. */
export async function timed(page: Page, act: () => Promise<void>): Promise<number> {
	const { edits } = await recorded(page);
	await act();
	await page.waitForFunction((before) => window.bench.edits.length > before, edits.length);
	return (await recorded(page)).edits.at(-1)!;
}

/** Presses a key on the row at `index` of the builder. */
export async function press(page: Page, index: number, key: string): Promise<void> {
	const target = rows(page).nth(index);
	await target.focus();
	await target.press(key);
}

/** Makes a segment of these conditions and saves it; the page stays in its builder. */
export async function saveSegment(page: Page, conditions: readonly Condition[]): Promise<void> {
	await toIndex(page);
	await page.getByRole('link', { name: /^New segment/ }).click();
	await page.getByRole('heading', { name: 'New segment', level: 1 }).waitFor();
	await page.keyboard.press('Escape'); // the picker opens by itself
	const unnamed = await rules(page).elementHandle();
	for (const [i, condition] of conditions.entries()) {
		await timed(page, () => paste(page, condition, `c${i}`));
		// The first row makes the segment, which has a page of its own.
		if (i === 0) await page.waitForFunction((gone) => !gone?.isConnected, unnamed);
		await rows(page).nth(i).waitFor();
		await page.waitForFunction(() => !window.bench.pending);
	}
	await page.keyboard.press('Control+s');
	await page.getByText('Saved', { exact: true }).first().waitFor();
}
