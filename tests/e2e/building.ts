import type { Page } from 'playwright-core';

/** What people do again and again on the way to a segment. */

export const row = (page: Page, name: RegExp) => page.getByRole('group', { name });

/** The first option of the open list that reads so, once it is there. */
export async function choose(page: Page, words: string, option: RegExp): Promise<void> {
	await page.getByRole('combobox').fill(words);
	await page.getByRole('option', { name: option }).first().click();
}

export async function rename(page: Page, name: string): Promise<void> {
	await page.getByRole('heading', { level: 1 }).getByRole('button').click();
	await page.getByRole('textbox', { name: 'Name' }).fill(name);
	await page.keyboard.press('Enter');
}

/** Saves the draft, and waits until the device has it. */
export async function save(page: Page): Promise<void> {
	await page.keyboard.press('Control+s');
	await page.getByText('Saved', { exact: true }).first().waitFor();
	await onDisk(page);
}

/** What was done is on this device, so that the page may go. */
export const onDisk = (page: Page): Promise<void> =>
	page
		.getByText(/Saved (on this device|here)/)
		.first()
		.waitFor({ state: 'attached' });

interface Upload {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

/** Imports a file as the page proposes, once `look` has answered what it asks. */
export async function importFile(
	page: Page,
	file: Upload,
	done: string | RegExp,
	look: () => Promise<void> = async () => {}
): Promise<void> {
	await page.locator('input[type=file]').first().setInputFiles(file);
	await page.getByRole('heading', { name: 'Rows', exact: true }).waitFor();
	await look();
	await page.getByRole('button', { name: /^Import [\d,]+ / }).click();
	await page.getByRole('region', { name: 'Import done' }).getByText(done).waitFor();
}
