import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { assertAccessible } from './accessible';
import { eventually, story } from './harness';
import { openSample } from './sample';

const number = (text: string) => Number(text.replaceAll(/\D/g, ''));

/** The emails of a segment's file, which the database writes by one statement of its own. */
async function exported(page: Page, name: string): Promise<ReadonlySet<string>> {
	await page.getByRole('button', { name: `More for ${name}` }).click();
	await page.getByRole('menuitem', { name: /^Export/ }).click();
	const dialog = page.getByRole('dialog', { name: `Export ${name}` });
	const saving = page.waitForEvent('download');
	await dialog.getByRole('button', { name: /^Export/ }).click();
	const bytes = await readFile(await (await saving).path());
	await dialog.getByRole('button', { name: 'Close' }).last().click();
	const [, ...people] = bytes.toString().trimEnd().split('\r\n');
	// Whoever has no email is told apart by name.
	return new Set(people.map((line) => line.split(',').slice(0, 3).join()));
}

/** What the table of parts says, by the words of each. */
async function parts(page: Page): Promise<Readonly<Record<string, number>>> {
	const rows = page.getByRole('table', { name: 'Parts of the overlap' }).locator('tbody tr');
	await rows.first().waitFor();
	return Object.fromEntries(
		await Promise.all(
			(await rows.all()).map(async (row) => [
				await row.getByRole('button').innerText(),
				number(await row.locator('td.contacts').innerText())
			])
		)
	);
}

const select = (page: Page, name: string) =>
	page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
const choose = (page: Page, name: RegExp) =>
	page.getByRole('table', { name: 'Parts of the overlap' }).getByRole('button', { name }).click();

story(
	'the overlap of two segments is exact, and a part of it becomes people or a segment',
	async ({ page, url }) => {
		await openSample(page, url);
		const [vip, lapsed] = [await exported(page, 'VIP'), await exported(page, 'Lapsed buyers')];
		const both = [...vip].filter((person) => lapsed.has(person)).length;
		assert.ok(both > 0 && both < Math.min(vip.size, lapsed.size));

		await select(page, 'Lapsed buyers');
		await select(page, 'VIP');
		const bar = page.getByRole('toolbar', { name: 'Selected segments' });
		await bar.getByText(`${both} in both`).waitFor();
		await bar.getByText(`${lapsed.size - both} only Lapsed buyers`).waitFor();
		await bar.getByText(`${vip.size - both} only VIP`).waitFor();

		await bar.getByRole('link', { name: 'Open overlap' }).click();
		assert.deepEqual(await parts(page), {
			'In “Lapsed buyers”, not in “VIP”': lapsed.size - both,
			'In “VIP”, not in “Lapsed buyers”': vip.size - both,
			'In “Lapsed buyers” and “VIP”': both,
			'In none of these': 2000 - vip.size - lapsed.size + both
		});

		// A circle's part is chosen by keyboard; it is in the address.
		const circles = page.getByRole('group', { name: 'Circles of these segments' });
		await circles.getByRole('button', { name: `In “Lapsed buyers” and “VIP”: ${both}` }).focus();
		await page.keyboard.press('Enter');
		assert.match(page.url(), /region=/);
		await page.reload();
		const chosen = page.getByRole('region', { name: 'Chosen part' });
		await chosen.getByText(`${both} contacts`).waitFor();

		await chosen.getByRole('link', { name: 'See people' }).click();
		const heading = page.getByRole('heading', { level: 1, name: 'Contacts' });
		await eventually(async () => assert.equal(number(await heading.innerText()), both));
		await page.goBack();

		await choose(page, /^In “VIP”, not in/);
		await chosen.getByRole('button', { name: 'New segment from this' }).click();
		await page
			.getByRole('heading', {
				name: 'Is in segment VIP, but not whoever is in segment Lapsed buyers'
			})
			.waitFor();
		await page
			.getByText(`${vip.size - both} people, `)
			.first()
			.waitFor();
	},
	{ sample: true }
);

story(
	'three and more segments add up to everyone, as circles and as a table of dots',
	async ({ page, url }) => {
		await openSample(page, url);
		const three = ['sample-vip', 'sample-lapsed', 'sample-new'];
		await page.goto(`${url}#/segments/overlap?of=${three.join()},sample-gone`);
		await page.getByText('It is not in this workspace.').waitFor();
		const sum = async () => Object.values(await parts(page)).reduce((a, b) => a + b, 0);
		assert.equal(await sum(), 2000);
		await page.getByRole('button', { name: 'Remove No name' }).click();

		// One more, and circles become a table of dots.
		await page.getByLabel('Add a segment').selectOption('Contacted this week');
		await page.getByRole('columnheader', { name: 'Contacted this week' }).waitFor();
		await page
			.getByRole('group', { name: 'Circles of these segments' })
			.waitFor({ state: 'detached' });
		const rows = page.getByRole('table', { name: 'Parts of the overlap' }).locator('tbody tr');
		const counts = async () => (await rows.locator('td.contacts').allInnerTexts()).map(number);
		const before = await counts();
		assert.equal(
			before.reduce((a, b) => a + b, 0),
			2000
		);
		assert.deepEqual(
			before.slice(0, -1),
			before.slice(0, -1).sort((a, b) => b - a)
		);

		await page.getByRole('button', { name: 'In', exact: true }).click();
		const depths = async () =>
			(await rows.locator('td.part').allInnerTexts()).slice(0, -1).map((text) => parseInt(text));
		await eventually(async () => assert.deepEqual(await depths(), (await depths()).sort()));
	},
	{ sample: true }
);

for (const [what, of] of [
	['circles', 'sample-vip,sample-lapsed,sample-new'],
	['a table of dots', 'sample-vip,sample-lapsed,sample-new,sample-contacted,sample-workshop']
] as const)
	story(
		`axe finds nothing on an overlap as ${what}, wide and narrow, light and dark; nothing is wider than the window`,
		async ({ page, url }) => {
			await openSample(page, url);
			await page.goto(`${url}#/segments/overlap?of=${of}`);
			await parts(page);
			await page.locator('td.part button').first().click();
			await page.getByRole('region', { name: 'Chosen part' }).waitFor();
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
		},
		{ patience: 120_000, sample: true }
	);
