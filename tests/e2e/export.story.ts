import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import readExcel from 'read-excel-file/node';
import { assertAccessible } from './accessible';
import { story } from './harness';

/** The sample's segment with the most people, and its export. */
async function openExport(page: Page, url: string): Promise<Locator> {
	await page.goto(url);
	await page.getByRole('button', { name: 'Explore sample data' }).click();
	const row = page.getByRole('row', { name: /Would come to a workshop/ });
	await row.getByText(/^\d,\d{3}$/).waitFor();
	await row.getByRole('button', { name: 'More for Would come to a workshop' }).click();
	await page.getByRole('menuitem', { name: /^Export/ }).click();
	return page.getByRole('dialog', { name: 'Export Would come to a workshop' });
}

async function exported(page: Page, dialog: Locator): Promise<{ name: string; bytes: Buffer }> {
	const saving = page.waitForEvent('download');
	await dialog.getByRole('button', { name: /^Export/ }).click();
	const download = await saving;
	return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The names of the files that the browser keeps of exports. */
const written = (page: Page) =>
	page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const names: string[] = [];
		for await (const name of (await root.getDirectoryHandle('winnow-sample-exports')).keys())
			names.push(name);
		return names;
	});

const records = (bytes: Buffer) => bytes.toString().trimEnd().split('\r\n');

story('a segment is exported to a file that has what was chosen', async ({ page, url }) => {
	const dialog = await openExport(page, url);
	const plain = await exported(page, dialog);
	assert.match(plain.name, /^Would come to a workshop \d{4}-\d\d-\d\d\.csv$/);
	const [header, ...people] = records(plain.bytes);
	// The mark in front lets Excel read accents.
	assert.equal(header, '\uFEFFEmail,First name,Last name,Newsletter topics,Lists');
	const done = await dialog.getByText('is in your downloads').innerText();
	assert.ok(done.includes(`${people.length.toLocaleString('en')} people, 5 columns`), done);

	await dialog.getByLabel('How Email is written').selectOption('MD5');
	await dialog.getByLabel('Header of Email').fill('em');
	await dialog.getByRole('button', { name: 'Remove First name' }).click();
	await dialog.getByRole('button', { name: 'Remove Last name' }).click();
	await dialog.getByRole('button', { name: 'Remove Newsletter topics' }).click();
	await dialog.getByRole('button', { name: 'Remove Lists' }).click();
	await dialog.getByRole('checkbox', { name: 'Byte order mark' }).uncheck();
	const hashed = await exported(page, dialog);
	const md5 = (text: string) => createHash('md5').update(text).digest('hex');
	const expected = people.map((line) => {
		const email = line.slice(0, line.indexOf(','));
		return email === '' ? '""' : md5(email.toLowerCase());
	});
	assert.equal(md5(hashed.bytes.toString()), md5(['em', ...expected, ''].join('\r\n')));
});

story('what was chosen for an export is there the next time', async ({ page, url }) => {
	const dialog = await openExport(page, url);
	await dialog.getByLabel('Delimiter').selectOption('Semicolon');
	await dialog.getByRole('button', { name: 'Choose columns' }).click();
	await page.getByRole('option', { name: 'City' }).click();
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+Enter');
	await dialog.getByText('is in your downloads').waitFor();
	await dialog.getByRole('button', { name: 'Close' }).last().click();
	await page.reload();
	await page.getByRole('button', { name: 'More for Would come to a workshop' }).click();
	await page.getByRole('menuitem', { name: /^Export/ }).click();
	const lines = dialog.getByRole('region', { name: 'Preview' });
	await lines.getByText(/Email;First name;Last name;Newsletter topics;Lists;City/).waitFor();

	// The file written before the reload is nobody's any more.
	const before = await written(page);
	await exported(page, dialog);
	const after = await written(page);
	assert.equal(before.length, 1);
	assert.equal(after.length, 1);
	assert.notDeepEqual(after, before);
});

/** Wide and narrow, light and dark. */
async function assertAccessibleEverywhere(page: Page, what: string): Promise<void> {
	for (const width of [1360, 390])
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.setViewportSize({ width, height: 850 });
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await assertAccessible(page, `${what}, ${width} px, ${colorScheme}`);
		}
	await page.setViewportSize({ width: 1360, height: 850 });
}

story(
	'a segment becomes a workbook by a template, which is listed and can be repeated',
	async ({ page, url }) => {
		const dialog = await openExport(page, url);
		await dialog.getByLabel('Template').selectOption('Google Ads Customer Match');
		await dialog.getByLabel('Format', { exact: true }).selectOption('Excel');
		await dialog.getByText(/without Phone/).waitFor();
		await assertAccessibleEverywhere(page, 'the export');

		const workbook = await exported(page, dialog);
		assert.match(workbook.name, /\.xlsx$/);
		const [sheet] = await readExcel(workbook.bytes);
		const [header, ...people] = sheet!.data;
		assert.deepEqual(header, ['Email', 'Phone', 'First Name', 'Last Name', 'Country', 'Zip']);
		for (const [email] of people) assert.match(String(email ?? ''), /^([0-9a-f]{64})?$/);
		const saving = page.waitForEvent('download');
		await dialog.getByRole('button', { name: 'Download manifest' }).click();
		const manifest = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as {
			readonly file: { readonly sha256: string };
			readonly people: { readonly rows: number };
		};
		const sha256 = createHash('sha256').update(workbook.bytes).digest('hex');
		assert.deepEqual([manifest.file.sha256, manifest.people.rows], [sha256, people.length]);
		await dialog.getByLabel('Remind me of this export').selectOption('Every week');
		await dialog.getByRole('button', { name: 'Close' }).last().click();

		await page.goto(`${url}#/exports`);
		await page.getByText(workbook.name).waitFor();
		await assertAccessibleEverywhere(page, 'the exports');
		await page.getByRole('button', { name: 'Repeat Would come to a workshop' }).click();
		await dialog.getByLabel('Format', { exact: true }).waitFor();
		assert.equal(await dialog.getByLabel('Format', { exact: true }).inputValue(), 'xlsx');
		assert.equal(await dialog.getByLabel('Template').inputValue(), '');

		await page.goto(`${url}#/exports?repeat=nothing`);
		await page.getByText('What was exported is not there any more.').waitFor();
		await assertAccessibleEverywhere(page, 'what cannot be repeated');
		await page.getByRole('button', { name: 'Dismiss' }).click();
		assert.equal(await page.getByText('Not exported').count(), 0);
	},
	{ patience: 120_000 }
);
