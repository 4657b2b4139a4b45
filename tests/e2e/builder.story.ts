import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { assertAccessible } from './accessible';
import { save } from './building';
import { eventually, story } from './harness';
import { openSample } from './sample';

const row = (page: Page, name: RegExp) => page.getByRole('group', { name });
const total = async (page: Page): Promise<number> => {
	const text = await page.locator('.total .result').textContent();
	return Number(text?.replaceAll(',', ''));
};

/** The first option of the open list, once there is one that fits. */
async function choose(page: Page, words: string, option: RegExp): Promise<void> {
	await page.getByRole('combobox').fill(words);
	await page.getByRole('option', { name: option }).first().waitFor();
	await page.keyboard.press('Enter');
}

story(
	'a segment is built with the keyboard, from a value, an event and an exclusion, and saved',
	async ({ page, url }) => {
		await openSample(page, url);
		await page.goto(`${url}#/segments/new`);
		await choose(page, 'switz', /Country is Switzerland/);
		await row(page, /^Country is Switzerland, \d+ left/).waitFor();
		const swiss = await total(page);
		assert.ok(swiss > 0);
		assert.match(page.url(), /#\/segments\/\w+\/edit$/);

		await page.keyboard.press('a');
		await assertAccessible(page, 'the picker');
		await choose(page, 'placed order', /^Placed order/);
		await row(page, /^has done Placed order, \d+ left/).waitFor();
		const buyers = await eventually(async () => {
			const now = await total(page);
			assert.ok(now < swiss);
			return now;
		});

		await page.getByRole('button', { name: /how many times/ }).press('Enter');
		await page.getByRole('textbox', { name: 'Number' }).fill('3');
		await page.keyboard.press('Enter');
		await row(page, /at least 3 times, \d+ left/).waitFor();
		await eventually(async () => assert.ok((await total(page)) < buyers));
		await page.getByText('by your last change').waitFor();
		await page.getByText('Left by the last change').waitFor();

		await page.getByRole('button', { name: 'Exclude' }).press('Enter');
		await choose(page, 'tagged vip', /^Tagged vip/);
		await page.getByRole('list', { name: 'Rows that are left out' }).waitFor();
		const left = await total(page);

		await save(page);
		await page.reload();
		await eventually(async () => assert.equal(await total(page), left));
		assert.equal(await page.locator('[data-node]').count(), 3);

		// What is still being typed is saved with the rest.
		await page.getByRole('button', { name: /how many times/ }).press('Enter');
		await page.getByRole('textbox', { name: 'Number' }).fill('2');
		await save(page);
		await page.reload();
		await row(page, /at least 2 times, \d+ left/).waitFor();
		await page.getByText('Saved', { exact: true }).first().waitFor();
	},
	{ sample: true }
);

story(
	'values are chosen with their counts, and a typed one is found',
	async ({ page, url }) => {
		await openSample(page, url);
		await page.goto(`${url}#/segments/new`);
		await choose(page, 'country', /^Country/);
		await page.getByRole('option', { name: /Germany DE \d+/ }).waitFor();
		await assertAccessible(page, 'the values');
		await page.keyboard.press('Space');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Space');
		await page.getByRole('combobox').fill('ital');
		await page.getByRole('option', { name: /Italy/ }).waitFor();
		await page.keyboard.press('Enter');
		await page.keyboard.press('Enter');
		await row(page, /^Country is any of \w+, \w+ or Italy, \d+ left/).waitFor();
	},
	{ sample: true }
);

story(
	'rows move by dragging and by keys, and it is taken back',
	async ({ page, url }) => {
		await openSample(page, url);
		await page.goto(`${url}#/segments/sample-dach/edit`);
		await page.locator('.total .result').waitFor();
		const order = () =>
			page
				.locator('[data-node]')
				.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-node')).join(' '));
		const before = await order();
		const [first, second] = before.split(' ');
		const grip = page
			.locator(`[data-node="${first}"]`)
			.getByRole('button', { name: 'Move this row' });
		const target = page.locator(`[data-node="${second}"]`);
		const box = await target.boundingBox();
		assert.ok(box);
		await grip.dragTo(target, { targetPosition: { x: 60, y: box.height - 3 } });
		await eventually(async () => assert.match(await order(), new RegExp(`^${second} ${first}`)));
		await page.locator(`[data-node="${first}"]`).focus();
		await page.keyboard.press('Alt+ArrowUp');
		await eventually(async () => assert.equal(await order(), before));
		await page.getByText(/Moved to step 1 of \d; \d+ people/).waitFor({ state: 'attached' });
		await page.keyboard.press('Control+z');
		await eventually(async () => assert.match(await order(), new RegExp(`^${second} ${first}`)));
	},
	{ sample: true }
);

story('on a phone a rule opens in a sheet of its own', async ({ page, url }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(url);
	await page.getByRole('button', { name: 'Explore sample data' }).click();
	await page.getByText('This is the sample').waitFor();
	await page.goto(`${url}#/segments/new`);
	await choose(page, 'created', /^Created/);
	const sheet = page.getByRole('dialog', { name: 'Rule' });
	await sheet.waitFor();
	await page.getByRole('button', { name: '90 days' }).click();
	await assertAccessible(page, 'the sheet');
	await page.getByRole('button', { name: 'Done' }).first().press('Escape');
	await sheet.getByRole('button', { name: 'Switch off' }).waitFor();
	await sheet.getByRole('button', { name: 'Done' }).click();
	await row(page, /^Created in the last 90 days, \d+ left/).waitFor();
	const wide = await page.evaluate(
		'document.documentElement.scrollWidth - document.documentElement.clientWidth'
	);
	assert.equal(wide, 0);
});
