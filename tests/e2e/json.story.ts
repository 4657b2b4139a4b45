import assert from 'node:assert/strict';
import { assertAccessible } from './accessible';
import { eventually, story } from './harness';
import { openSample } from './sample';

story(
	'the items of orders are asked about, by paths that are found',
	async ({ page, url }) => {
		const choose = async (words: string, option: RegExp) => {
			await page.getByRole('combobox', { expanded: true }).fill(words);
			await page.getByRole('option', { name: option }).first().waitFor();
			await page.keyboard.press('Enter');
		};
		const total = async () =>
			Number((await page.locator('.total .result').textContent())?.replaceAll(',', ''));

		await openSample(page, url);
		await page.goto(`${url}#/segments/new`);
		await choose('placed order', /^Placed order/);
		await page.getByRole('button', { name: 'Placed order, add a filter' }).click();
		await choose('items', /^Items/);
		await page.getByRole('button', { name: 'Items, operator' }).click();
		await choose('any item', /^has any item where/);
		await page.getByRole('button', { name: 'Items, add a filter on items' }).click();
		await page.getByRole('option', { name: /price number · in 100/ }).waitFor();
		await assertAccessible(page, 'the paths');
		await choose('category', /^category/);
		await page.getByRole('button', { name: 'Items, category, values' }).click();
		await page.getByRole('option', { name: /Notebooks/ }).click();
		await page.keyboard.press('Enter');
		const notebooks = await eventually(async () => {
			const count = await total();
			assert.ok(count > 0);
			return count;
		});

		await page.getByRole('button', { name: 'Items, add a filter on items' }).click();
		await choose('price', /^price/);
		await page.getByRole('button', { name: 'Items, part of the item: price' }).click();
		await page.getByLabel('Compared as').waitFor();
		await assertAccessible(page, 'the path that is chosen');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Items, price, number' }).click();
		await page.getByRole('textbox', { name: 'Number' }).fill('50');
		await page.keyboard.press('Enter');
		await eventually(async () => {
			const count = await total();
			assert.ok(count > 0 && count < notebooks);
		});
		await page
			.getByText(
				'Has done Placed order where Items has any item where category is Notebooks and price ≥ 50.'
			)
			.waitFor();
	},
	{ sample: true }
);
