import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { eventually, story } from './harness';
import { openSample } from './sample';

/** Counts of the index by the segment's name, once all are of the present contacts. */
async function counts(page: Page): Promise<Record<string, number>> {
	await page.getByRole('link', { name: 'Segments' }).first().click();
	return eventually(
		async () => {
			const rows = await page
				.getByRole('row')
				.filter({ has: page.getByRole('link') })
				.all();
			assert.ok(rows.length > 0);
			const found = await Promise.all(
				rows.map(async (row) => {
					const cell = row.getByRole('cell').nth(3);
					const [name, count] = [row.getByRole('link').first(), await cell.innerText()];
					assert.equal(await cell.locator('.stale').count(), 0);
					assert.match(count, /^[\d,]+$/);
					return [await name.innerText(), Number(count.replaceAll(',', ''))] as const;
				})
			);
			return Object.fromEntries(found);
		},
		{ within: 30_000 }
	);
}

async function saved(page: Page): Promise<{ name: string; text: string }> {
	await page.getByRole('link', { name: 'Settings' }).first().click();
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save workspace file' }).click();
	const download = await saving;
	await page.getByText('is in your downloads').waitFor();
	return {
		name: download.suggestedFilename(),
		text: await readFile(await download.path(), 'utf8')
	};
}

async function erase(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Erase this device' }).click();
	const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
	const field = dialog.getByRole('textbox');
	await field.fill(await page.getByLabel('Name', { exact: true }).inputValue());
	await dialog.getByRole('button', { name: 'Erase this device' }).click();
	await page.getByText('Start with your contacts.').waitFor();
}

/** What the shell says of a file: members by the segment's name. */
async function inShell(path: string): Promise<Record<string, number>> {
	const run = promisify(execFile);
	const { stdout } = await run(
		process.execPath,
		['--import', 'tsx', 'src/cli/winnow.ts', 'evaluate', path],
		{ maxBuffer: 1 << 26 }
	);
	const { segments } = JSON.parse(stdout) as { segments: { name: string; count: number }[] };
	return Object.fromEntries(segments.map(({ name, count }) => [name, count]));
}

/** Lets go of a file over the window. */
async function drop(page: Page, name: string, text: string): Promise<void> {
	const dataTransfer = await page.evaluateHandle(
		([name, text]) => {
			const transfer = new DataTransfer();
			transfer.items.add(new File([text], name));
			return transfer;
		},
		[name, text] as const
	);
	await page.dispatchEvent('body', 'drop', { dataTransfer });
}

story(
	'a saved workspace is restored on an erased device, and the shell counts the same in it',
	async ({ page, url }) => {
		const folder = await mkdtemp(join(tmpdir(), 'winnow-file-'));
		try {
			await openSample(page, url);
			const before = await counts(page);
			const { name, text } = await saved(page);
			assert.match(name, /^.+ \d{4}-\d\d-\d\d\.ndjson$/);
			const path = join(folder, name);
			await writeFile(path, text);
			assert.deepEqual(await inShell(path), before);

			await erase(page);
			await page.getByLabel('Restore a workspace file').setInputFiles(path);
			const dialog = page.getByRole('dialog', { name: 'Open a workspace file' });
			// Another one that is dropped meanwhile does not take its place.
			await drop(page, 'other.ndjson', '');
			const { counts: held } = JSON.parse(text.slice(0, text.indexOf('\n')));
			await dialog.getByText(`${held.contacts.toLocaleString('en')} contacts`).waitFor();
			await dialog.getByText(`${held.events.toLocaleString('en')} events`).waitFor();
			await dialog.getByRole('button', { name: 'Restore' }).click();
			await dialog.getByText(/^Added: \d+ segments, 2,000 contacts/).waitFor({ timeout: 60_000 });
			await dialog.getByRole('button', { name: 'Close' }).last().click();
			assert.deepEqual(await counts(page), before);

			// Opened again there is nothing to add.
			await page.getByRole('link', { name: 'Settings' }).first().click();
			await page.getByLabel('Open a workspace file').setInputFiles(path);
			await dialog.getByRole('button', { name: 'Add to this workspace' }).click();
			await dialog
				.getByText('Added: 0 segments, 0 contacts, 0 events.')
				.waitFor({ timeout: 60_000 });
			await dialog.getByRole('button', { name: 'Close' }).last().click();

			// What was cut is not opened, and it is said why. It can be dropped anywhere.
			await drop(page, 'cut.ndjson', text.slice(0, text.length / 2));
			await dialog.getByText(/the file was cut or altered/).waitFor();
		} finally {
			await rm(folder, { recursive: true });
		}
	},
	{ patience: 180_000 }
);
