import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { assertAccessible } from './accessible';
import { choose, row, save } from './building';
import { eventually, story } from './harness';
import { openSample } from './sample';

const number = (text: string) => Number(text.replaceAll(/\D/g, ''));
const versions = (page: Page) =>
	page.getByRole('list', { name: 'Versions, newest first' }).locator(':scope > li');
const compared = (page: Page) => page.getByRole('complementary', { name: 'What changed' });

/** The emails and names of a segment's file, which the database writes by one statement of its own. */
async function exported(page: Page): Promise<ReadonlySet<string>> {
	await page.getByRole('button', { name: 'Export', exact: true }).click();
	const dialog = page.getByRole('dialog', { name: /^Export / });
	const saving = page.waitForEvent('download');
	await dialog.getByRole('button', { name: /^Export/ }).click();
	const bytes = await readFile(await (await saving).path());
	await dialog.getByRole('button', { name: 'Close' }).last().click();
	const [, ...people] = bytes.toString().trimEnd().split('\r\n');
	return new Set(people.map((line) => line.split(',').slice(0, 3).join()));
}

const openHistory = (page: Page, url: string) => page.goto(`${url}#/segments/sample-vip/history`);

story(
	'the history of a segment has every rule that counted, whom each change moved, and what was exported',
	async ({ page, url }) => {
		await openSample(page, url);
		await page.goto(`${url}#/settings`);
		await page.getByLabel('Your name').fill('Ada Lovelace');
		await page.getByLabel('Your name').blur();

		await page.goto(`${url}#/segments/sample-vip`);
		const before = await exported(page);
		await page.getByRole('link', { name: /^Edit rules/ }).click();
		await page
			.getByRole('button', { name: /^Add rule/ })
			.first()
			.click();
		await choose(page, 'switzerland', /^Country is Switzerland/);
		await row(page, /Country is Switzerland/).waitFor();
		await save(page);

		await page.goto(`${url}#/segments/sample-vip`);
		const after = await exported(page);
		const [entered, left] = [
			[...after].filter((person) => !before.has(person)).length,
			[...before].filter((person) => !after.has(person)).length
		];
		assert.ok(entered > 0 && left === 0, `${entered} entered, ${left} left`);

		// Two versions, by whom, and how many then and now; and the two files.
		await openHistory(page, url);
		await eventually(async () => assert.equal(await versions(page).count(), 2));
		const newest = versions(page).first();
		await newest.getByText('Counts now').waitFor();
		await newest.getByText('Ada Lovelace').first().waitFor();
		await eventually(async () => {
			const [then, now] = await newest.locator('.figure').allInnerTexts();
			assert.deepEqual([number(then!), number(now!)], [after.size, after.size]);
		});
		await newest.getByText(new RegExp(`Exported .*Ada Lovelace: ${after.size} contacts`)).waitFor();
		await versions(page)
			.last()
			.getByText(new RegExp(`Exported .*: ${before.size} contacts`))
			.waitFor();

		// What changed in the rule, and for whom.
		const rule = compared(page).getByRole('region', { name: /^The rule/ });
		await rule.getByText('1 change', { exact: true }).waitFor();
		await rule.locator('li.added').getByText('Country is Switzerland').waitFor();
		const people = compared(page).getByRole('region', { name: 'The people' });
		await people.getByRole('button', { name: `Enter by this change: ${entered}` }).click();
		const list = page.getByRole('dialog', { name: 'Enter by this change' }).getByRole('list');
		await eventually(async () =>
			assert.equal(
				await list.getByRole('listitem').first().getAttribute('aria-setsize'),
				String(entered)
			)
		);
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'detached' });

		// A name keeps one; restoring it is one step, and undone as one.
		await versions(page).last().getByRole('button').click();
		await compared(page).getByRole('button', { name: 'Name it' }).click();
		await page.getByRole('textbox', { name: 'Name' }).fill('Everywhere');
		await page.keyboard.press('Enter');
		await versions(page).last().getByText('Everywhere').waitFor();
		await compared(page).getByRole('button', { name: 'Restore' }).click();
		await versions(page).first().getByText('Not saved').waitFor();
		await page.getByRole('button', { name: 'Undo', exact: true }).click();
		await eventually(async () => assert.equal(await versions(page).count(), 2));

		for (const width of [1360, 390])
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.setViewportSize({ width, height: 850 });
				await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
				await assertAccessible(page, `history, ${width} px, ${colorScheme}`);
				const overflow = await page.evaluate(
					'document.documentElement.scrollWidth - document.documentElement.clientWidth'
				);
				assert.equal(overflow, 0, `${width} px: the page scrolls sideways`);
			}

		// All of it is in the log.
		await page.goto(`${url}#/settings/log`);
		const log = page.getByRole('list', { name: 'Changes, newest first' });
		await log.getByText('Undo: Restore version').first().waitFor();
		await log.getByText('Ada Lovelace').first().waitFor();
		for (const width of [390, 1360])
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.setViewportSize({ width, height: 850 });
				await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
				await assertAccessible(page, `log, ${width} px, ${colorScheme}`);
			}
		const saving = page.waitForEvent('download');
		await page.getByRole('button', { name: 'Download as CSV' }).click();
		const csv = (await readFile(await (await saving).path())).toString();
		assert.match(csv, /^\uFEFFat,by,device,segment,op,register,before,after\r\n/);
		assert.match(csv, /,Ada Lovelace,[0-9a-f]{8},sample-vip,Restore version,nodes sample-vip\//);
	},
	{ patience: 180_000, sample: true }
);
