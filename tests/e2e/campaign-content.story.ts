import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { look } from './accessible';
import { choose } from './building';
import { eventually, story } from './harness';
import { openSample } from './sample';

const isFocused = (page: Page, role: 'textbox' | 'combobox', name: string) =>
	eventually(async () =>
		assert.ok(
			await page
				.getByRole(role, { name, exact: true })
				.evaluate((element) => element === document.activeElement),
			`${name} has the focus`
		)
	);

story(
	'what is typed in a campaign outlives a reload, and a review leads to what it finds fault with',
	async ({ page, url }) => {
		await openSample(page, url);
		await page.goto(`${url}#/campaigns`);
		await page.getByRole('button', { name: 'New campaign' }).first().click();
		await page.getByRole('button', { name: 'Segment or list' }).first().click();
		await choose(page, 'VIP', /^VIP/);
		await page.getByRole('tab', { name: /Content/ }).click();
		const box = (name: string) => page.getByRole('textbox', { name, exact: true });
		const button = (name: string | RegExp) => page.getByRole('button', { name });

		// Reloaded in the midst of typing, whichever field it is.
		const typed = async (name: string, text: string) => {
			await box(name).click();
			await page.keyboard.type(text);
			await page.reload();
			await box(name).waitFor();
		};
		await typed('Subject', 'For {{Vorname}}');
		assert.equal(await box('Subject').inputValue(), 'For {{Vorname}}');
		await typed('Preview text', 'Wine');
		assert.equal(await box('Preview text').inputValue(), 'Wine');
		await typed('From address', 'news@weinhaus');
		assert.equal(await box('From address').inputValue(), 'news@weinhaus');
		await button('Write the text').click();
		await typed('Block 1', 'It is autumn.');
		assert.equal(await box('Block 1').innerText(), 'It is autumn.');

		// Looked at, and led there.
		const review = () => page.getByRole('tab', { name: /Review/ }).click();
		const checks = page.getByRole('list', { name: 'Review' });
		const lead = async (words: string | RegExp) => {
			await review();
			await checks
				.getByRole('listitem')
				.filter({ hasText: words })
				.getByRole('button', { name: 'Content' })
				.click();
		};
		await review();
		await checks.getByText('Subject, 15 characters.', { exact: true }).waitFor();
		await lead('“{{Vorname}}” is sent as “{Vorname}”.');
		await isFocused(page, 'textbox', 'Subject');
		await lead('“news@weinhaus” does not look like an address that mail can come from');
		await isFocused(page, 'textbox', 'From address');
		await button('Show by segment').click();
		await page.getByRole('tab', { name: /^Everybody else/ }).click();
		await lead('A variant is for nobody yet.');
		await isFocused(page, 'combobox', 'Show to');
		await page.getByRole('tab', { name: 'No segment yet', selected: true }).first().waitFor();
		await review();
		await page.getByText('First put right what is marked above.').waitFor();
		await look(page, 'faults');
		await page.getByRole('tab', { name: /Content/ }).click();
		await button('Variants of block 1').click();
		await page.getByRole('menuitem', { name: 'Same for everybody' }).click();
		await lead('Not everybody can unsubscribe');
		await isFocused(page, 'textbox', 'Block 1');

		// What the button says is what happens: Winnow writes, and others send.
		await review();
		await button(/^Write a file for [\d,]+ people…$/).waitFor();
		await page.getByRole('radio', { name: /^Messages in a zip/ }).check();
		await button(/^Write [\d,]+ messages…$/).click();
		await page.getByRole('dialog', { name: /^Write the messages of “/ }).waitFor();
		await button('Cancel').click();
		await page.getByRole('radio', { name: /^A file/ }).check();
		await button(/^Write a file for/).click();
		await page.getByRole('dialog', { name: /^Write the file of “/ }).waitFor();
		const saving = page.waitForEvent('download');
		await button('Write the file and mark as sent').click();
		await saving;
		await page.getByText('is marked as sent').first().waitFor();
		await page.getByRole('tab', { name: /Sending/ }).click();
		const again = page.waitForEvent('download');
		await button('Write the file again').click();
		await again;
		await look(page, 'handed-over');

		// All of the list is in its box, also on a phone.
		await page.goto(`${url}#/campaigns`);
		await page.getByRole('table', { name: 'Campaigns' }).waitFor();
		for (const width of [390, 600, 800, 1360]) {
			await page.setViewportSize({ width, height: 850 });
			const wider = await page
				.getByRole('table', { name: 'Campaigns' })
				.evaluate((table) => table.scrollWidth - table.parentElement!.clientWidth);
			assert.equal(wider, 0, `${width} px: wider than its box`);
			assert.ok(await button(/^Actions for /).isVisible());
		}
		await look(page, 'campaigns');
	},
	{ sample: true }
);
