import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import papaparse from 'papaparse';
import type { Locator, Page } from 'playwright-core';
import { eventually, story } from './harness';
import { openSample } from './sample';

/** Goes on by Tab until it has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
	await target.waitFor();
	for (let i = 0; i < 120; i++) {
		if (await target.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press(key);
	}
	throw new Error(`${target} is not reached by ${key}.`);
}

async function press(page: Page, target: Locator): Promise<void> {
	await tabTo(page, target);
	await page.keyboard.press('Enter');
}

async function write(page: Page, target: Locator, text: string): Promise<void> {
	await tabTo(page, target);
	await page.keyboard.type(text);
}

/** To another of the steps, by the arrows. */
async function step(page: Page, name: RegExp): Promise<void> {
	await tabTo(page, page.getByRole('tab', { selected: true }), 'Shift+Tab');
	const wanted = page.getByRole('tab', { name });
	for (let i = 0; i < 4; i++) {
		if ((await wanted.getAttribute('aria-selected')) === 'true') return;
		await page.keyboard.press('ArrowRight');
	}
	throw new Error(`There is no way to ${name} by the arrows.`);
}

story(
	'a campaign is made and handed over as a file with the keyboard alone',
	async ({ page, url }) => {
		await openSample(page, url);
		await page.goto(`${url}#/campaigns`);
		const button = (name: string | RegExp) => page.getByRole('button', { name });
		await press(page, button('New campaign').first());

		await press(page, page.getByRole('heading', { level: 1 }).getByRole('button'));
		await page.keyboard.press('Control+a');
		await page.keyboard.type('By keyboard');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { level: 1, name: 'By keyboard' }).waitFor();

		const include = page.getByRole('region', { name: 'Send to' });
		await press(page, include.getByRole('button', { name: 'Segment or list' }));
		await page.getByRole('combobox').waitFor();
		await page.keyboard.type('VIP');
		await page.getByRole('option', { name: /^VIP/ }).first().waitFor();
		await page.keyboard.press('Enter');
		await include.getByText('VIP', { exact: true }).waitFor();

		// A step opens its people, and closing them leads back to it.
		const figure = button(/^Recipients: [1-9]/);
		await press(page, figure);
		await page.getByRole('dialog', { name: 'Recipients' }).waitFor();
		await page.keyboard.press('Escape');
		await eventually(async () =>
			assert.ok(await figure.evaluate((element) => element === document.activeElement))
		);
		const recipients = Number((await figure.getAttribute('aria-label'))?.replaceAll(/\D/g, ''));

		await step(page, /Content/);
		await write(page, page.getByLabel('From', { exact: true }), 'The shop');
		await write(page, page.getByLabel('From address'), 'news@shop.example');
		await write(page, page.getByRole('textbox', { name: 'Subject' }), 'For {First name}');
		await press(page, button('Write the text'));
		await write(page, page.getByRole('textbox', { name: 'Block 1' }), 'It is autumn. {unsubscribe');

		// What is wrong is said where it is.
		await step(page, /Review/);
		const checks = page.getByRole('list', { name: 'Review' });
		await checks.getByText('A { is not closed.').waitFor();
		await checks.getByText('Block 1, near “It is autumn. {unsubscribe”').waitFor();
		assert.equal(await button(/^Write a file for /).isEnabled(), false);
		await step(page, /Content/);
		await tabTo(page, page.getByRole('textbox', { name: 'Block 1' }));
		await page.keyboard.press('Control+End');
		await page.keyboard.type('}');
		await step(page, /Review/);
		await checks.getByText('It is not said where people unsubscribe').waitFor();
		await step(page, /Content/);
		await write(
			page,
			page.getByLabel('Where people unsubscribe'),
			'https://shop.example/bye?who={Email}'
		);

		await step(page, /Review/);
		const saving = page.waitForEvent('download');
		await press(page, button(`Write a file for ${recipients.toLocaleString('en')} people…`));
		await press(page, button('Write the file and mark as sent'));
		const text = (await readFile(await (await saving).path())).toString();
		const { data } = papaparse.parse<string[]>(text.trim());
		const [, ...rows] = data;
		assert.equal(rows.length, recipients);
		for (const [email, first, , subject, , html] of rows) {
			assert.equal(subject, `For ${first}`);
			assert.ok(html?.includes(`https://shop.example/bye?who=${encodeURIComponent(email!)}`), html);
		}
		await page.getByText('is marked as sent').first().waitFor();

		// A file that was lost is written again, and nothing is noted twice.
		await step(page, /Sending/);
		const again = page.waitForEvent('download');
		await press(page, button('Write the file again'));
		assert.equal((await readFile(await (await again).path())).toString(), text);
		await page.getByText(`for ${recipients.toLocaleString('en')} contacts.`).waitFor();
	},
	{ sample: true }
);
