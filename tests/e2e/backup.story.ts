import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { assertAccessible } from './accessible';
import { eventually, story } from './harness';
import { openSample } from './sample';

const passphrase = 'correct horse battery staple';

/** Again where the page was just about to open, or to be loaded anew. */
const settings = (page: Page) =>
	eventually(
		async () => {
			await page.getByRole('link', { name: 'Settings' }).first().click();
			await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor({ timeout: 2_000 });
		},
		{ within: 30_000 }
	);

/** A folder of the browser's own stands for one of the person's: nobody is there to choose it. */
const givesFolder = `globalThis.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('Backups', { create: true })`;

/** As if the last backup was long ago, something was changed since, and there were `contacts` in it. */
const ageBackup = (page: Page, contacts: number) =>
	page.evaluate(async (contacts) => {
		const answer = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result)));
		const known = await indexedDB.databases();
		const name = known.map(({ name }) => name ?? '').find((name) => /^winnow-backup:/.test(name))!;
		const database = await answer(indexedDB.open(name));
		const folders = database.transaction('folder', 'readwrite').objectStore('folder');
		const current = (await answer(folders.get('current'))) as object;
		await answer(folders.put({ ...current, contacts, last: 1 }, 'current'));
		database.close();
		const key = `${name.slice('winnow-backup:'.length)}:backup`;
		const record = JSON.parse(localStorage.getItem(key)!) as object;
		localStorage.setItem(key, JSON.stringify({ ...record, changed: 2 }));
	}, contacts);

/** A workspace of two people. */
const shop = JSON.stringify({
	...{ format: 'winnow', version: 1 },
	workspace: {
		name: 'Shop',
		segments: [{ id: 'all', name: 'Everybody', rule: { kind: 'everyone' } }]
	},
	contacts: [{ uid: 'a', email: 'ada@example.org' }, { uid: 'b' }]
});

async function restoreShop(page: Page): Promise<void> {
	await page
		.getByLabel('Restore a workspace file')
		.setInputFiles({ name: 'shop.json', mimeType: 'application/json', buffer: Buffer.from(shop) });
	const dialog = page.getByRole('dialog', { name: 'Open a workspace file' });
	await dialog.getByRole('button', { name: 'Restore' }).click();
	await dialog.getByText(/^Added: 1 segment, 2 contacts/).waitFor();
	await dialog.getByRole('button', { name: 'Close' }).last().click();
}

story(
	'a workspace saved with a passphrase is restored with it alone, and the shell reads it',
	async ({ page, url }) => {
		const folder = await mkdtemp(join(tmpdir(), 'winnow-backup-'));
		try {
			await openSample(page, url);
			await settings(page);
			await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
			await page.getByLabel('Repeat the passphrase').fill(passphrase);
			const saving = page.waitForEvent('download');
			await page.getByRole('button', { name: 'Save workspace file' }).click();
			const download = await saving;
			await page.getByText('opens with the passphrase alone').waitFor();
			assert.match(download.suggestedFilename(), /\.winnow$/);
			const path = join(folder, download.suggestedFilename());
			await download.saveAs(path);
			const bytes = await readFile(path);
			const first = bytes.subarray(0, bytes.indexOf('\n')).toString();
			assert.equal(JSON.parse(first).encrypted.cipher, 'AES-256-GCM');
			assert.ok(!bytes.toString('latin1').includes('@example'));

			await page.getByRole('button', { name: 'Erase this device' }).click();
			const asking = page.getByRole('alertdialog').or(page.getByRole('dialog'));
			await asking
				.getByRole('textbox')
				.fill(await page.getByLabel('Name', { exact: true }).inputValue());
			await asking.getByRole('button', { name: 'Erase this device' }).click();
			await page.getByText('Start with your contacts.').waitFor();

			await page.getByLabel('Restore a workspace file').setInputFiles(path);
			const dialog = page.getByRole('dialog', { name: 'Open a workspace file' });
			await dialog.getByText('It is encrypted.').waitFor();
			await dialog.getByLabel('Passphrase').fill('wrong horse');
			await dialog.getByRole('button', { name: 'Open' }).click();
			await dialog.getByText('This is not its passphrase.').waitFor();
			await assertAccessible(page, 'the question for a passphrase');
			await dialog.getByLabel('Passphrase').fill(passphrase);
			await page.keyboard.press('Enter');
			await dialog.getByText('2,000 contacts').waitFor();
			await assertAccessible(page, 'what is in the file');
			await dialog.getByRole('button', { name: 'Restore' }).click();
			await dialog.getByText(/^Added: \d+ segments, 2,000 contacts/).waitFor({ timeout: 60_000 });

			const run = promisify(execFile);
			const { stdout } = await run(
				process.execPath,
				['--import', 'tsx', 'src/cli/winnow.ts', 'check', path],
				{ env: { ...process.env, WINNOW_PASSPHRASE: passphrase } }
			);
			assert.match(stdout, /No issues\./);
		} finally {
			await rm(folder, { recursive: true });
		}
	},
	{ patience: 180_000, sample: true }
);

story(
	'backups are written into a folder by themselves, encrypted with a key that no script can read',
	async ({ page, url }) => {
		await page.addInitScript(givesFolder);
		const inFolder = () =>
			page.evaluate(async () => {
				const root = await navigator.storage.getDirectory();
				const folder = await root.getDirectoryHandle('Backups');
				const files: { name: string; first: string; size: number; modified: number }[] = [];
				for await (const entry of folder.values()) {
					const file = await (entry as FileSystemFileHandle).getFile();
					files.push({
						name: file.name,
						first: (await file.slice(0, 25).text()).slice(0, 25),
						size: file.size,
						modified: file.lastModified
					});
				}
				return files;
			});
		await page.goto(url);
		await restoreShop(page);
		await settings(page);
		await page.getByText('No backup was made on this device yet.').waitFor();
		await page.getByLabel('Passphrase of automatic backups').fill(passphrase);
		await page.getByLabel('Repeat the passphrase').fill(passphrase);
		await page.getByRole('button', { name: 'Choose a folder' }).click();
		await page.getByText(/Last backup: less than a day ago, Shop .*\.winnow\./).waitFor();
		const [written, ...others] = await inFolder();
		assert.deepEqual(others, []);
		assert.match(written!.name, /^Shop \d{4}-\d\d-\d\d [0-9a-z]{4}\.winnow$/);
		assert.equal(written!.first, '{"format":"winnow","made"');

		// After a reload the folder and its key are still known, and a new one of the day takes the place of the old.
		await page.reload();
		await page.getByText('Written into the folder').waitFor();
		await page.getByRole('navigation', { name: 'Main' }).getByText('2', { exact: true }).waitFor();
		await page.getByRole('button', { name: 'Back up now' }).click();
		await eventually(async () => {
			const [now, ...more] = await inFolder();
			assert.deepEqual(more, []);
			assert.notEqual(now!.size, 0);
			assert.notEqual(now!.modified, written!.modified);
		});
		await page
			.getByRole('button', { name: 'Back up now' })
			.and(page.locator(':not([aria-busy])'))
			.waitFor();

		// One that is due is written by itself.
		const [before] = await inFolder();
		await ageBackup(page, 2);
		await page.reload();
		await eventually(
			async () => {
				const [after] = await inFolder();
				assert.notEqual(after!.modified, before!.modified);
			},
			{ within: 60_000 }
		);

		// The browser may want a click before the page may write there again.
		await page.addInitScript(`
			let permission = 'prompt';
			FileSystemHandle.prototype.queryPermission = async () => permission;
			FileSystemHandle.prototype.requestPermission = async () => (permission = 'granted');
		`);
		await page.reload();
		const waiting = page.getByRole('status').filter({ hasText: 'Automatic backup waits' });
		await waiting.waitFor();
		await page.getByRole('button', { name: 'Allow it again' }).waitFor();
		await assertAccessible(page, 'a backup that waits');
		await waiting.getByRole('button', { name: 'Allow' }).click();
		await waiting.waitFor({ state: 'detached' });
		await page.getByRole('button', { name: 'Stop' }).click();
		await page.getByRole('button', { name: 'Choose a folder' }).waitFor();

		// Chosen anew, as by another device, it does not take the place of what is there of the same name and day.
		const [first] = await inFolder();
		await page.getByRole('button', { name: 'Choose a folder' }).click();
		await eventually(async () => assert.equal((await inFolder()).length, 2));
		await page
			.getByRole('button', { name: 'Back up now' })
			.and(page.locator(':not([aria-busy])'))
			.waitFor();
		const both = await inFolder();
		assert.equal(both.length, 2);
		assert.ok(both.some(({ name }) => name === first!.name));
	},
	{ patience: 120_000 }
);

story(
	'a workspace that has lost its contacts does not take the place of a backup that has them',
	async ({ page, url }) => {
		await page.addInitScript(givesFolder);
		await page.goto(url);
		await settings(page);
		await page.getByRole('button', { name: 'Choose a folder' }).click();
		await page.getByText(/^Last backup: less than a day ago/).waitFor();
		await ageBackup(page, 2_000);
		await page.reload();
		await page.getByText('the last backup has 2000. Nothing was replaced.').waitFor();
		await assertAccessible(page, 'a backup that was not written');
		// Whoever wants it so says so.
		await page.getByRole('button', { name: 'Back up now' }).click();
		await page.getByText('Nothing was replaced.').waitFor({ state: 'detached' });
	}
);

story(
	'whoever has no backup for a week is reminded, and is left alone for a week if they wish',
	async ({ page, url }) => {
		await page.goto(url);
		await restoreShop(page);
		const record = () =>
			page.evaluate(() => {
				const key = Object.keys(localStorage).find((key) => key.endsWith(':backup'))!;
				return { key, record: JSON.parse(localStorage.getItem(key)!) as { since: number } };
			});
		const { key } = await eventually(async () => {
			const known = await record();
			assert.ok(known.record.since > 0);
			return known;
		});
		const nineDays = 9 * 24 * 3_600_000;
		await page.evaluate(([key, since]) => localStorage.setItem(key, JSON.stringify({ since })), [
			key,
			Date.now() - nineDays
		] as const);
		await page.reload();
		const reminder = page.getByRole('status').filter({ hasText: 'No backup yet' });
		await reminder.waitFor();
		await assertAccessible(page, 'the reminder');
		await reminder.getByRole('button', { name: 'Remind me in a week' }).click();
		await reminder.waitFor({ state: 'detached' });
		await page.reload();
		await page.getByRole('navigation', { name: 'Main' }).getByText('2', { exact: true }).waitFor();
		assert.equal(await reminder.count(), 0);
	}
);

story(
	'Settings say what is on this device and on no other, wide and narrow, light and dark',
	async ({ page, url }) => {
		await page.goto(url);
		await restoreShop(page);
		await settings(page);
		const contacts = page.getByRole('row', { name: /^Contacts 2 / });
		await contacts.waitFor();
		await page.getByText('This workspace is on this device alone.').waitFor();
		await page.getByText('0 to other servers').waitFor();
		for (const width of [1360, 390])
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.setViewportSize({ width, height: 850 });
				await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
				await assertAccessible(page, `${width} px, ${colorScheme}`);
				const overflow = await page.evaluate(
					'document.documentElement.scrollWidth - document.documentElement.clientWidth'
				);
				assert.equal(overflow, 0, `${width} px: the page scrolls sideways`);
			}
	}
);
