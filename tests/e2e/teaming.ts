import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { findBrowser, openBrowser } from './browser';
import { save } from './building';
import { eventually } from './harness';

/** Another device: a browser of its own, with nothing in it. */
export async function anotherDevice() {
	const { context, close } = await openBrowser(await findBrowser(), {
		locale: 'en-GB',
		timezoneId: 'Europe/Zurich',
		viewport: { width: 1360, height: 850 }
	});
	await context.addInitScript('globalThis.__name ??= (named) => named');
	const troubles: string[] = [];
	context.on('console', (message) => {
		if (message.type() === 'error') troubles.push(message.text());
	});
	context.on('weberror', (event) => troubles.push(String(event.error().stack)));
	return { context, page: context.pages()[0] ?? (await context.newPage()), close, troubles };
}

/** Shares the workspace of this browser, as Mia, who owns it. */
export async function share(page: Page, url: string, relay: string): Promise<void> {
	await page.goto(`${url}#/team`);
	await page.getByLabel('Your name').fill('Mia Keller');
	await page.getByLabel('Relay', { exact: true }).fill(relay);
	await page.getByRole('button', { name: 'Share this workspace' }).click();
	await page.getByText('Everything is stored by the relay').waitFor();
}

/** The link of an invitation with this role. */
export async function invitation(page: Page, role: string): Promise<string> {
	await page.getByRole('radio', { name: new RegExp(`^${role}`) }).check();
	const link = page.getByLabel('Link for one person');
	const before = (await link.count()) > 0 ? await link.inputValue() : '';
	await page.getByRole('button', { name: 'Make an invitation' }).click();
	return eventually(async () => {
		const made = await link.inputValue();
		assert.notEqual(made, before);
		return made;
	});
}

/** Uses an invitation. */
export async function join(page: Page, link: string, name: string): Promise<void> {
	await page.goto(link);
	await page.getByLabel('Your name').fill(name);
	assert.equal(new URL(page.url()).hash, '#/join', 'the key is out of the address bar');
	await page.getByRole('button', { name: 'Join', exact: true }).click();
	await page.getByRole('heading', { name: /^Segments/ }).waitFor();
}

export async function addRule(page: Page): Promise<void> {
	await page.getByRole('combobox').last().fill('placed order');
	await page
		.getByRole('option', { name: /^Placed order/ })
		.first()
		.click();
}

export async function newSegment(page: Page, url: string, name: string): Promise<void> {
	await page.goto(`${url}#/segments/new`);
	await addRule(page);
	await page.getByRole('heading', { level: 1 }).getByRole('button').click();
	await page.getByRole('textbox', { name: 'Name' }).fill(name);
	await page.keyboard.press('Enter');
	await save(page);
}
