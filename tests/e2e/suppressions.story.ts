import assert from 'node:assert/strict';
import { assertAccessible } from './accessible';
import { importFile } from './building';
import { story } from './harness';

story('an address is suppressed by hand, found, and lifted', async ({ page, url }) => {
	await page.goto(`${url}#/settings`);
	await page.getByRole('link', { name: 'the list of suppressed addresses' }).click();
	await page.getByRole('heading', { name: 'No address is suppressed' }).waitFor();

	await page.getByRole('button', { name: 'Suppress addresses' }).click();
	const dialog = page.getByRole('dialog', { name: 'Suppress addresses' });
	await dialog.getByLabel('Addresses').fill('Ana Bo <ana@example.org>, cy@example.org\nnobody');
	await dialog.getByRole('button', { name: 'Suppress 3 addresses' }).click();
	await dialog.getByText('This is no email address').waitFor();
	assert.equal(await dialog.getByLabel('Addresses').inputValue(), 'nobody');
	await dialog.getByRole('button', { name: 'Cancel' }).click();

	await page.getByRole('button', { name: 'Lift ana@example.org' }).waitFor();
	const rows = page.getByRole('table', { name: 'Suppressed addresses' }).getByRole('row');
	assert.equal(await rows.count(), 3);
	await page.getByLabel('Search addresses').fill('cy');
	await page.getByText('1 address', { exact: true }).waitFor();

	await page.getByRole('button', { name: 'Lift cy@example.org' }).click();
	await page
		.getByRole('dialog', { name: 'Lift the suppression of cy@example.org?' })
		.getByRole('button', { name: 'Lift suppression' })
		.click();
	await page.getByText('No suppressed address has “cy” in it.').waitFor();
});

story(
	'who unsubscribed and is erased is suppressed when they come back, until that is lifted',
	async ({ page, url }) => {
		const bring = async (ana: string, bo: string, done: RegExp) => {
			await page.goto(`${url}#/import`);
			const rows = [`ana@example.org,Ana,${ana}`, `bo@example.org,Bo,${bo}`];
			const file = {
				...{ name: `ana-${ana}.csv`, mimeType: 'text/csv' },
				buffer: Buffer.from(['Email,First name,Email consent', ...rows].join('\n'))
			};
			await importFile(page, file, done, () =>
				page.getByRole('checkbox', { name: /^That is right/ }).check()
			);
		};
		await bring('unsubscribed', 'subscribed', /^2 contacts added/);
		await page.goto(`${url}#/contacts`);
		await page.getByRole('link', { name: 'Ana' }).click();
		await page.getByRole('button', { name: 'Erase' }).click();
		const dialog = page.getByRole('dialog', { name: 'Erase Ana?' });
		await dialog.getByText('The address ana@example.org stays on the').waitFor();
		await dialog.getByText('If the address itself must go too').waitFor();
		for (const width of [390, 1360])
			for (const colorScheme of ['dark', 'light'] as const) {
				await page.setViewportSize({ width, height: 850 });
				await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
				await assertAccessible(page, `erasing, ${width} px, ${colorScheme}`);
				if (process.env.E2E_LOOK)
					await page.screenshot({ path: `.e2e/look-erase-${width}-${colorScheme}.png` });
			}
		await dialog.getByRole('button', { name: 'Erase for good' }).click();
		await page.getByText('Ana erased.').waitFor();

		await bring('subscribed', 'unsubscribed', /^1 contact added/);
		await page.goto(`${url}#/suppressions`);
		const row = page.getByRole('row', { name: /ana@example\.org/ });
		await row.getByRole('cell', { name: 'Unsubscribed', exact: true }).waitFor();
		await row.getByRole('cell', { name: '1', exact: true }).waitFor();
		await assertAccessible(page, 'suppressed addresses');
		await row.getByRole('button', { name: 'Lift ana@example.org: Unsubscribed' }).click();
		await page
			.getByRole('dialog', { name: 'Lift the suppression of ana@example.org?' })
			.getByRole('button', { name: 'Lift suppression' })
			.click();
		await page.getByText('The suppression of ana@example.org is lifted.').waitFor();
		await page.getByRole('heading', { name: 'No address is suppressed' }).waitFor();
	}
);
