import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { longestTask, recorded, saveSegment, toIndex } from './flows';

/**
 * Imports a file as a person would who has nothing to correct. Gives the seconds from choosing it to its last row being
 * there to be counted, and the longest task of the page meanwhile, in milliseconds. `what` is on the button: "100,000
 * contacts".
 */
export async function importFile(
	page: Page,
	path: string,
	what: string
): Promise<{ readonly seconds: number; readonly longestTask: number }> {
	await page.getByRole('navigation').getByRole('link', { name: 'Import' }).click();
	await page.getByLabel('Choose file').setInputFiles(path);
	const from = await page.evaluate(() => performance.now());
	const begin = performance.now();
	const run = page.getByRole('button', { name: `Import ${what}`, exact: true });
	const consent = page.getByLabel('That is right');
	await run.or(consent).first().waitFor();
	if (await consent.isVisible()) await consent.check();
	await run.click();
	await page.getByRole('heading', { name: 'Done', exact: true }).waitFor();
	const seconds = (performance.now() - begin) / 1000;
	const longest = longestTask(await recorded(page), from);
	await page.getByRole('button', { name: 'Import another file' }).click();
	return { seconds, longestTask: longest };
}

const more = [
	'Region',
	'Phone',
	'Country',
	'City',
	'Postcode',
	'Language',
	'Email consent',
	'Email consent date',
	'Created'
];

/** Exports all contacts with 12 columns, one of them hashed. Gives the milliseconds from the click to the file. */
export async function exportEveryone(page: Page, contacts: number): Promise<number> {
	await saveSegment(page, [{ kind: 'everyone' }]);
	await toIndex(page);
	await page.getByRole('button', { name: /^More for .*everyone/i }).click();
	await page.getByRole('menuitem', { name: /^Export/ }).click();
	const dialog = page.getByRole('dialog', { name: /^Export/ });
	await dialog.getByLabel('How Email is written').selectOption('MD5');
	await dialog.getByRole('button', { name: 'Choose columns' }).click();
	for (const column of more) await page.getByRole('option', { name: column, exact: true }).click();
	await page.keyboard.press('Escape');
	const begin = performance.now();
	const saving = page.waitForEvent('download');
	await dialog.getByRole('button', { name: /^Export/ }).click();
	const file = await (await saving).path();
	const milliseconds = performance.now() - begin;
	const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
	if (lines.length !== contacts + 1 || lines[0]!.split(',').length !== 12)
		throw new Error(`The export has ${lines.length} lines: ${lines[0]}`);
	await dialog.getByRole('button', { name: 'Close' }).last().click();
	return milliseconds;
}
