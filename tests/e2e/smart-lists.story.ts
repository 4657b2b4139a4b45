import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { assertAccessible, look } from './accessible';
import { rename } from './building';
import { eventually, story } from './harness';
import { openSample } from './sample';

const nav = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const number = (text: string) => Number(text.replaceAll(/\D/g, ''));
const menu = async (page: Page, button: string, item: string) => {
	await page.getByRole('button', { name: button, exact: true }).click();
	await page.getByRole('menuitem', { name: item, exact: true }).click();
};

/** How many the table has, when it has counted. */
const count = (page: Page, name: string) =>
	eventually(async () => {
		const n = number((await heading(page, name).innerText()).slice(name.length));
		assert.ok(n > 0);
		return n;
	});

/** Keeps what is looked at under a name. */
async function save(page: Page, button: string, name: string): Promise<void> {
	await page.getByRole('button', { name: button, exact: true }).click();
	const dialog = page.getByRole('dialog', { name: 'Save this view' });
	await dialog.getByLabel('Name').fill(name);
	await dialog.getByRole('button', { name: 'Save view' }).click();
	await heading(page, name).waitFor();
}

/** How many it comes to: until it is counted, the number of before stands there. */
const settled = (page: Page, name: string) =>
	eventually(async () => {
		const before = await count(page, name);
		await page.waitForTimeout(1_000);
		assert.equal(await count(page, name), before);
		return before;
	});

const undo = (page: Page, words: string) =>
	page
		.getByRole('listitem')
		.filter({ hasText: words })
		.getByRole('button', { name: 'Undo' })
		.click();

story(
	'a view of contacts is kept, changed, made a segment, and made of one',
	async ({ page, url }) => {
		await openSample(page, url);
		await nav(page).getByRole('link', { name: 'Contacts' }).click();
		await page.getByLabel('Show').selectOption('VIP · segment');
		await page.getByRole('searchbox', { name: 'Search contacts' }).fill('an');
		await page
			.getByRole('columnheader', { name: 'Email', exact: true })
			.getByRole('button')
			.click();
		await page.getByRole('button', { name: 'View', exact: true }).click();
		await page.getByRole('menuitemcheckbox', { name: 'Compact rows' }).click();
		await page.keyboard.press('Escape');
		const shown = await settled(page, 'Contacts');

		await save(page, 'Save view', 'VIPs called an');
		assert.equal(await count(page, 'VIPs called an'), shown);
		const link = nav(page).getByRole('link', { name: 'VIPs called an' });
		assert.equal(await link.getAttribute('aria-current'), 'page');
		const height = () =>
			page
				.getByRole('row')
				.nth(1)
				.evaluate((row) => row.getBoundingClientRect().height);

		// It is all there again: who, in which order, how high.
		await page.reload();
		assert.equal(await count(page, 'VIPs called an'), shown);
		assert.equal(Math.round(await height()), 28);
		await page.getByText('By Email').waitFor();
		await nav(page).getByRole('link', { name: 'Segments' }).click();
		await link.click();
		assert.equal(await count(page, 'VIPs called an'), shown);

		// A column is made wider by keyboard; that is a change, to be discarded or kept.
		const edge = page.getByRole('separator', { name: 'Width of Email', exact: true });
		const before = Number(await edge.getAttribute('aria-valuenow'));
		await edge.focus();
		await page.keyboard.press('ArrowRight');
		await eventually(async () =>
			assert.equal(Number(await edge.getAttribute('aria-valuenow')), before + 16)
		);
		await page.getByRole('button', { name: 'Discard' }).click();
		await page.getByRole('button', { name: 'Update view' }).waitFor({ state: 'detached' });
		await page.getByRole('searchbox', { name: 'Search contacts' }).fill('');
		await page.getByRole('button', { name: 'Update view' }).click();
		await page.getByText('“VIPs called an” updated.').waitFor();
		await page.reload();
		const all = await count(page, 'VIPs called an');
		assert.ok(all > shown);
		assert.equal(await page.getByRole('searchbox', { name: 'Search contacts' }).inputValue(), '');

		// With words to look for it becomes a segment of its own.
		await page.getByRole('searchbox', { name: 'Search contacts' }).fill('an');
		await eventually(async () => assert.equal(await count(page, 'VIPs called an'), shown));
		await menu(page, 'View', 'Make a segment of it');
		await heading(page, 'VIPs called an').waitFor();
		await page
			.getByRole('tab', { name: `Contacts ${shown}` })
			.first()
			.waitFor();
		await menu(page, 'More for VIPs called an', 'Save as a smart list');
		await heading(page, 'VIPs called an 2').waitFor();
		assert.equal(await count(page, 'VIPs called an 2'), shown);
		await menu(page, 'View', 'Open its segment');
		await page.getByText('Used in').waitFor();

		// Deleted, it is gone from the navigation, and Undo brings it back.
		await nav(page).getByRole('link', { name: 'VIPs called an 2' }).click();
		await menu(page, 'View', 'Delete');
		await nav(page).getByRole('link', { name: 'VIPs called an 2' }).waitFor({ state: 'detached' });
		await undo(page, '“VIPs called an 2” deleted.');
		await nav(page).getByRole('link', { name: 'VIPs called an 2' }).waitFor();
	},
	{ sample: true }
);

story(
	'a list that a smart list shows is not deleted until another takes its place',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		await nav(page).getByRole('link', { name: 'Contacts' }).click();
		await page.getByLabel('Show').selectOption('Paper fair · list');
		// Until it is counted, the number of before stands there.
		const fair = await eventually(async () => {
			const n = await count(page, 'Contacts');
			assert.ok(n < 2_000);
			return n;
		});
		await save(page, 'Save view', 'At the fair');
		assert.equal(await count(page, 'At the fair'), fair);

		await nav(page).getByRole('link', { name: 'Lists, tags, fields' }).click();
		const row = page.getByRole('row', { name: /^Paper fair/ });
		await row.getByRole('link', { name: 'At the fair' }).waitFor();
		await menu(page, 'More for Paper fair', 'Delete');
		const dialog = page.getByRole('dialog', { name: '“Paper fair” is in use' });
		await dialog.getByRole('link', { name: 'At the fair' }).waitFor();
		await assertAccessible(page, 'what is in use');
		await dialog.getByLabel('Put in its place').selectOption('Workshop guests');
		await dialog.getByRole('button', { name: 'Replace and delete' }).click();
		await row.waitFor({ state: 'detached' });
		const guests = page.getByRole('row', { name: /^Workshop guests/ });
		const workshop = number(await guests.getByRole('cell').nth(1).innerText());
		assert.notEqual(workshop, fair);
		await nav(page).getByRole('link', { name: 'At the fair' }).click();
		await eventually(async () => assert.equal(await count(page, 'At the fair'), workshop));
		await undo(page, '“Paper fair” deleted.');
		await eventually(async () => assert.equal(await count(page, 'At the fair'), fair));
	},
	{ sample: true }
);

story(
	'archived campaigns and smart lists stand in the archive, and come back from there',
	async ({ page, url }) => {
		await openSample(page, url);
		await nav(page).getByRole('link', { name: 'Contacts' }).click();
		await page.getByLabel('Show').selectOption('Paper fair · list');
		await save(page, 'Save view', 'At the fair');
		await menu(page, 'View', 'Archive');
		await nav(page).getByRole('link', { name: 'At the fair' }).waitFor({ state: 'detached' });
		await page.goto(`${url}#/campaigns`);
		await page.getByRole('button', { name: 'New campaign' }).first().click();
		await rename(page, 'Autumn offer');
		await menu(page, 'Actions for Autumn offer', 'Archive');
		await page.getByText('This campaign is archived').waitFor();

		await nav(page).getByRole('link', { name: 'Archive' }).click();
		await page.getByRole('tab', { name: 'Campaigns 1' }).click();
		await page.getByRole('link', { name: 'Autumn offer' }).waitFor();
		await look(page, 'archived-campaigns');
		await page.getByRole('button', { name: 'Delete Autumn offer' }).click();
		await page.getByText('No campaign is archived').waitFor();
		await undo(page, '“Autumn offer” deleted.');
		await page.getByRole('button', { name: 'Restore Autumn offer' }).click();
		await page.getByText('No campaign is archived').waitFor();

		await page.getByRole('tab', { name: 'Smart lists 1' }).click();
		await page.getByText('Is in list Paper fair').waitFor();
		await look(page, 'archived-smart-lists');
		await page.getByRole('button', { name: 'Restore At the fair' }).click();
		await nav(page).getByRole('link', { name: 'At the fair' }).waitFor();
		await page.getByText('No smart list is archived').waitFor();
		await page.goto(`${url}#/campaigns`);
		await page.getByRole('link', { name: 'Autumn offer' }).waitFor();
	},
	{ patience: 120_000, sample: true }
);

story(
	'axe finds nothing on smart lists, wide and narrow, light and dark; nothing is wider than the window',
	async ({ page, url }) => {
		await openSample(page, url);
		await nav(page).getByRole('link', { name: 'Contacts' }).click();
		await page.getByLabel('Show').selectOption('vip · tag');
		await save(page, 'Save view', 'Our VIPs');
		await page.getByRole('searchbox', { name: 'Search contacts' }).fill('an');
		await page.getByRole('button', { name: 'Update view' }).waitFor();
		const opened = page.url();
		for (const address of [opened, `${url}#/smart-lists`])
			for (const width of [1360, 390])
				for (const colorScheme of ['light', 'dark'] as const) {
					await page.setViewportSize({ width, height: 850 });
					await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
					await page.goto(address);
					await page
						.getByText(/Our VIPs|vip/)
						.first()
						.waitFor();
					await assertAccessible(page, `${address} ${width} px, ${colorScheme}`);
					const overflow = await page.evaluate(
						'document.documentElement.scrollWidth - document.documentElement.clientWidth'
					);
					assert.equal(overflow, 0, `${width} px: the page scrolls sideways`);
				}
	},
	{ patience: 120_000, sample: true }
);
