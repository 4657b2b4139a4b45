import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { choose, importFile, rename, row, save } from './building';
import { eventually, story } from './harness';
import {
	clicksFile,
	contactsFile,
	isExpected,
	isInX,
	md5,
	now,
	ordersFile,
	people
} from './main-job-data';

const total = async (page: Page): Promise<number> => {
	const text = await page.locator('.total .result:not(.stale)').textContent({ timeout: 1_000 });
	return Number(text?.replaceAll(',', ''));
};

/** Adds a rule from the picker. */
async function add(page: Page, words: string, option: RegExp): Promise<void> {
	await page.keyboard.press('a');
	await choose(page, words, option);
}

async function setNumber(page: Page, button: RegExp, label: string, number: string): Promise<void> {
	await page.getByRole('button', { name: button }).click();
	await page.getByRole('textbox', { name: label }).fill(number);
	await page.keyboard.press('Enter');
}

/** Segment X: more than four orders. */
async function buildX(page: Page, url: string): Promise<void> {
	await page.goto(`${url}#/segments/new`);
	await choose(page, 'placed order', /^Placed order/);
	await row(page, /^has done Placed order/).waitFor();
	await setNumber(page, /how many times/, 'Number', '5');
	await row(page, /at least 5 times/).waitFor();
	await eventually(async () => assert.equal(await total(page), people.filter(isInX).length));
	await rename(page, 'X');
	await save(page);
}

async function buildMain(page: Page, url: string): Promise<void> {
	await page.goto(`${url}#/segments/new`);
	await choose(page, 'subscribed', /^Email consent is Subscribed/);
	await row(page, /^Email consent is (any of )?Subscribed/).waitFor();

	await add(page, 'country', /^Country/);
	for (const name of ['Switzerland', 'Germany', 'Austria'])
		await choose(page, name, new RegExp(name));
	await page.keyboard.press('Enter');
	await row(page, /^Country is any of Switzerland, Germany or Austria/).waitFor();

	await add(page, 'placed order', /^Placed order/);
	await row(page, /^has done Placed order/).waitFor();
	await setNumber(page, /Placed order, how many times/, 'Number', '2');
	await page.getByRole('button', { name: /Placed order, (operator|when)/ }).click();
	await choose(page, 'in the last', /^in the last From/);
	await setNumber(page, /Placed order, length of time/, 'How many', '90');
	await page.getByRole('button', { name: /Placed order, add a filter/ }).click();
	await choose(page, 'total', /^Total/);
	await page.getByRole('button', { name: /Total, operator/ }).click();
	await choose(page, '>', /^>/);
	await setNumber(page, /Total, number/, 'Number', '50');
	await row(page, /at least 2 times in the last 90 days where Total > 50/).waitFor();

	await page.getByRole('button', { name: 'Add group' }).click();
	await choose(page, 'vip', /^Tagged vip/);
	await row(page, /^is tagged vip/).waitFor();
	await page.getByRole('button', { name: 'Add to group' }).click();
	await choose(page, 'clicked', /^Clicked email/);
	await page.getByRole('button', { name: /Clicked email, (operator|when)/ }).click();
	await choose(page, 'in the last', /^in the last From/);
	await setNumber(page, /Clicked email, length of time/, 'How many', '30');
	await row(page, /Clicked email in the last 30 days/).waitFor();

	await page.getByRole('button', { name: 'Exclude' }).click();
	await choose(page, 'segment x', /^In segment X/);
	await row(page, /^is in segment X/).waitFor();
}

const eventsOf = (count: (somebody: (typeof people)[number]) => number) =>
	people.reduce((sum, somebody) => sum + count(somebody), 0).toLocaleString('en');

const expected = people.filter(isExpected);

story(
	'a shop’s files become a segment that counts, moves, is exported, and stays',
	async ({ page, context, url }) => {
		page.setDefaultTimeout(20_000);
		await page.clock.setFixedTime(now);
		await page.goto(`${url}#/import`);
		await importFile(page, contactsFile, '800 contacts added', () =>
			page.getByRole('checkbox', { name: /^That is right/ }).check()
		);
		await page.getByRole('button', { name: 'Import another file' }).click();
		await importFile(page, ordersFile, `${eventsOf(({ orders }) => orders.length)} events added`);
		await page.getByRole('button', { name: 'Import another file' }).click();
		await importFile(
			page,
			clicksFile,
			`${eventsOf(({ clicks }) => clicks.length)} events added`,
			async () => {
				await page.getByRole('radio', { name: 'an event' }).check();
				await page
					.getByRole('combobox', { name: 'What happened in each row' })
					.selectOption('Clicked email');
			}
		);

		await buildX(page, url);
		await buildMain(page, url);
		assert.ok(expected.length > 5, 'the data has somebody to find');
		await eventually(async () => assert.equal(await total(page), expected.length));
		await rename(page, 'DACH, warm');
		await save(page);

		// A contact is edited in another tab: the count here moves without a reload.
		const [moved] = expected;
		const second = await context.newPage();
		second.setDefaultTimeout(20_000);
		await second.clock.setFixedTime(now);
		await second.goto(`${url}#/contacts?q=${moved!.email}`);
		await second
			.getByRole('searchbox')
			.or(second.getByRole('textbox', { name: /Search|Name/ }))
			.first()
			.fill(moved!.email);
		await second.getByRole('row', { name: new RegExp(moved!.email, 'i') }).waitFor();
		const cell = second.getByRole('gridcell', { name: /Switzerland|Germany|Austria/ }).first();
		await cell.dblclick();
		await second.keyboard.press('Control+a');
		await second.keyboard.type('FR');
		await second.keyboard.press('Enter');
		await eventually(async () => assert.equal(await total(page), expected.length - 1));

		// The first tab closes: the second takes over and shows the same.
		await page.close();
		await second.goto(`${url}#/segments`);
		const row = second.getByRole('row', { name: /DACH, warm/ });
		await row.getByText(String(expected.length - 1), { exact: true }).waitFor();
		await second.reload();
		await row.getByText(String(expected.length - 1), { exact: true }).waitFor();

		await row.getByRole('button', { name: 'More for DACH, warm' }).click();
		await second.getByRole('menuitem', { name: /^Export/ }).click();
		const dialog = second.getByRole('dialog', { name: 'Export DACH, warm' });
		await dialog.getByLabel('How Email is written').selectOption('MD5');
		// Fields the rule asks about are chosen already.
		for (const column of ['Email consent', 'Country', 'Tags'])
			await dialog.getByRole('button', { name: `Remove ${column}`, exact: true }).click();
		const saving = second.waitForEvent('download');
		await dialog.getByRole('button', { name: /^Export/ }).click();
		const bytes = await readFile(await (await saving).path());
		assert.equal(
			bytes.toString(),
			[
				'\uFEFFEmail MD5,First name,Last name',
				...expected
					.slice(1)
					.map(({ email, first, last }) => [md5(email), first, csv(last)].join(',')),
				''
			].join('\r\n')
		);
	},
	{ patience: 240_000 }
);

/** As it must stand in the file: formulas guarded, quotes doubled, commas in quotes. */
function csv(text: string): string {
	const guarded = text.startsWith('=') ? `'${text}` : text;
	return /[",]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
