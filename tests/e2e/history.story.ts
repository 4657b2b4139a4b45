import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { assertAccessible } from './accessible';
import { choose, importFile, rename, row, save } from './building';
import { eventually, story } from './harness';
import { ada, contactsFile, isBuyer, now, ordersFile, people, whoLeft } from './history-data';

const day = 86_400_000;
const chosenDay = (page: Page) => page.getByRole('slider').getAttribute('aria-valuetext');
const log = (page: Page) =>
	page.getByRole('region', { name: 'Entered and left' }).getByRole('listitem');

async function addOrder(page: Page, url: string): Promise<void> {
	await page.goto(`${url}#/contacts?q=${ada.email}`);
	await page.getByRole('grid').getByRole('link', { name: ada.first }).click();
	await page.getByRole('button', { name: 'Add event' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add an event' });
	await dialog.getByLabel('What').selectOption('Placed order');
	await dialog.getByRole('button', { name: 'Add event' }).click();
	await dialog.waitFor({ state: 'detached' });
}

async function buildBuyers(page: Page, url: string): Promise<void> {
	await page.goto(`${url}#/segments/new`);
	await choose(page, 'placed order', /^Placed order/);
	await row(page, /^has done Placed order/).waitFor();
	await page.getByRole('button', { name: /Placed order, (operator|when)/ }).click();
	await choose(page, 'in the last', /^in the last From/);
	await row(page, /in the last 30 days/).waitFor();
	await rename(page, 'Buyers');
	await save(page);
}

async function openBuyers(page: Page): Promise<void> {
	await page
		.getByRole('navigation', { name: 'Main' })
		.getByRole('link', { name: /Segments/ })
		.click();
	await page.getByRole('link', { name: 'Buyers', exact: true }).click();
	await page.getByRole('tab', { name: 'Trend' }).click();
	await page.getByRole('slider').waitFor();
}

story(
	'a segment’s history is worked out for the days before, noted from then on, and asked about',
	async ({ page, url }) => {
		page.setDefaultTimeout(20_000);
		await page.clock.setFixedTime(now);
		await page.goto(`${url}#/import`);
		await importFile(page, contactsFile, `${people.length} contacts added`);
		await page.getByRole('button', { name: 'Import another file' }).click();
		await importFile(page, ordersFile, /events added/);
		await buildBuyers(page, url);

		// Days before it was saved, by the orders of then.
		await openBuyers(page);
		await page.getByText('recomputed from events, by today’s fields').waitFor();
		await page.getByRole('slider').focus();
		await page.keyboard.press('PageDown');
		const midnight = Date.parse('2026-01-08T23:00:00Z') - 1;
		const then = people.filter((somebody) => isBuyer(somebody, midnight)).length;
		assert.ok(then > 5, 'the data has somebody to find');
		await eventually(async () =>
			assert.match((await chosenDay(page))!, new RegExp(`^8 Jan 2026: ${then}\\..*Recomputed`))
		);

		// As of an instant, and who they were.
		await page.getByRole('button', { name: '7 days ago' }).click();
		const weekAgo = people.filter((somebody) => isBuyer(somebody, now - 7 * day));
		const size = page.getByRole('button', { name: /^In it on 8 Jan 2026/ });
		await eventually(async () => assert.equal(await size.innerText(), String(weekAgo.length)));
		assert.match(page.url(), /asOf=2026-01-08/);
		await size.click();
		const list = page.getByRole('dialog').getByRole('list');
		await list.getByRole('listitem').first().waitFor();
		assert.equal(
			await list.getByRole('listitem').first().getAttribute('aria-setsize'),
			String(weekAgo.length)
		);
		await assertAccessible(page, 'the people of a past instant');
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await assertAccessible(page, 'a trend');

		// Somebody enters, because of what was added.
		assert.ok(!isBuyer(ada, now));
		await page.clock.setFixedTime(now + 3_600_000);
		await addOrder(page, url);
		await openBuyers(page);
		await log(page)
			.filter({ hasText: `${ada.first} entered` })
			.getByText('data changed')
			.waitFor();

		// Others leave, because time passes.
		await page.clock.setFixedTime(now + 2 * day);
		await page.getByRole('button', { name: 'Refresh' }).click();
		await log(page).filter({ hasText: 'time passed' }).first().waitFor();
		const gone = people.filter(
			(somebody) => isBuyer(somebody, now) && !isBuyer(somebody, now + 2 * day)
		);
		assert.ok(gone.length > 1);
		const left = log(page).filter({ hasText: 'left' });
		await eventually(async () => {
			const words = await left.getByRole('button').allInnerTexts();
			const counts = words.map((text) => Number(/^(\d+) left/.exec(text)?.[1] ?? 1));
			assert.equal(
				counts.reduce((sum, count) => sum + count, 0),
				gone.length
			);
		});
		await left.getByRole('button').first().click();
		await page.getByRole('dialog').getByRole('listitem').first().waitFor();
		await page.keyboard.press('Escape');

		// Rules can ask for it.
		await page.goto(`${url}#/segments/new`);
		await choose(page, 'left a segment', /^Left a segment/);
		await choose(page, 'buyers', /^Buyers/);
		await row(page, /^has left segment Buyers/).waitFor();
		await eventually(async () => {
			const text = await page.locator('.total .result:not(.stale)').innerText({ timeout: 1_000 });
			assert.equal(Number(text.replaceAll(',', '')), whoLeft.length);
		});
	},
	{ patience: 240_000 }
);
