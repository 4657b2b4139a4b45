import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually, story } from './harness';
import { openSample } from './sample';

const number = (text: string | null) => Number(text?.replace(/[^\d−-]/g, '').replace('−', '-'));

/** The count of a row of the index, once it is of the present contacts. */
async function people(page: Page, name: string): Promise<number> {
	const cell = page
		.getByRole('row', { name: new RegExp(name) })
		.getByRole('cell')
		.nth(3);
	return eventually(async () => {
		assert.equal(await cell.locator('.stale').count(), 0);
		const text = await cell.innerText();
		assert.match(text, /^[\d,]+$/);
		return number(text);
	});
}

/** The details' steps: what is left after each, and what it removed. */
async function steps(page: Page): Promise<{ after: number; change: number }[]> {
	await page.locator('li.result .share').waitFor();
	const rows = await page
		.getByRole('list', { name: /step by step/ })
		.getByRole('listitem')
		.all();
	return Promise.all(
		rows.map(async (row) => ({
			after: number(await row.locator('.after').innerText()),
			change: number(
				(await row.locator('.change').count()) ? await row.locator('.change').innerText() : '0'
			)
		}))
	);
}

const open = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
const dach = 'DACH repeat buyers, warm';

story(
	'a segment narrows from everyone to the count of the index, step by step',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		const total = await people(page, dach);
		await open(page, dach);
		await page.getByRole('heading', { name: dach }).waitFor();
		const [start, ...rest] = await steps(page);
		assert.equal(start!.after, 2000);
		assert.equal(rest.at(-1)!.after, total);
		let left = start!.after;
		for (const { after, change } of rest) {
			assert.equal(left + change, after);
			left = after;
		}

		// Who a step leaves and takes out; where we are is in the address.
		await page
			.getByRole('button', { name: /Show contacts/ })
			.nth(1)
			.click();
		await page.getByRole('radio', { name: `Removed ${-rest[1]!.change}` }).check();
		assert.match(page.url(), /\?step=/);
		await page
			.getByRole('list', { name: 'Contacts this step changes' })
			.getByRole('link')
			.first()
			.waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('tab', { name: `Contacts ${total}` }).waitFor();

		// Why somebody is in.
		const members = page.getByRole('list', { name: 'Contacts in this segment' });
		await members.getByRole('listitem').first().hover();
		await members
			.getByRole('button', { name: /^Why is/ })
			.first()
			.click();
		await page.getByText('Passed all 5 steps.').waitFor();
	},
	{ sample: true }
);

story(
	'a value changed in place is a draft, and saved it counts everywhere',
	async ({ page, url }) => {
		await openSample(page, url);
		const before = await people(page, dach);
		await open(page, dach);
		await steps(page);
		await page.getByRole('button', { name: 'Austria' }).click();
		const editor = page.getByRole('dialog', { name: 'Change the condition' });
		await editor.getByRole('button', { name: /Country, values/ }).click();
		await page.getByRole('option', { name: /Austria/ }).click();
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
		await page
			.getByText(/^Draft/)
			.first()
			.waitFor();
		// Until the draft is counted its steps show what was counted before.
		const after = await eventually(async () => {
			const { after } = (await steps(page)).at(-1)!;
			assert.ok(after < before, `${before} → ${after}`);
			return after;
		});

		// What others count is the saved rule.
		await page
			.getByRole('navigation', { name: 'Main' })
			.getByRole('link', { name: /Segments/ })
			.click();
		assert.equal(await people(page, dach), before);
		await open(page, dach);
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByRole('button', { name: 'Discard' }).waitFor({ state: 'detached' });
		assert.equal((await steps(page)).at(-1)!.after, after);
		await page.getByRole('tab', { name: 'History' }).click();
		await page.getByRole('button', { name: 'Restore' }).waitFor();
		await page.goBack();
		await eventually(async () => assert.equal(await people(page, dach), after));
	},
	{ sample: true }
);

story(
	'the index is searched, sorted and walked by keyboard, and the address keeps it',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		await people(page, dach);
		const names = () => page.locator('a[data-segment]').allInnerTexts();
		await page.keyboard.press('/');
		await page.keyboard.type('placed order');
		await eventually(async () => assert.ok((await names()).every((name) => name !== 'VIP')));
		await page.getByRole('button', { name: 'Contacts', exact: true }).click();
		await page.getByRole('button', { name: 'Contacts', exact: true }).click();
		await eventually(() => assert.match(page.url(), /q=placed\+order&sort=-contacts/));
		await page.reload();
		await people(page, dach);
		const counts = await page.getByRole('row').locator('td:nth-child(4)').allInnerTexts();
		const sorted = counts.map(number);
		assert.deepEqual(
			sorted,
			[...sorted].sort((a, b) => b - a)
		);
		assert.ok(sorted.length > 2);

		await page.getByRole('heading', { name: /Segments/ }).click();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		const second = (await names())[1]!;
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { level: 1, name: second }).waitFor();
	},
	{ sample: true }
);

story(
	'an archived segment is taken back from the archive, a deleted one by Undo',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		const total = await people(page, 'VIP');
		const menu = async (name: string, item: string) => {
			await page.getByRole('button', { name: `More for ${name}` }).click();
			await page.getByRole('menuitem', { name: item }).click();
		};
		await menu('VIP', 'Archive');
		await page.getByRole('link', { name: 'VIP', exact: true }).waitFor({ state: 'detached' });
		await page
			.getByRole('navigation', { name: 'Main' })
			.getByRole('link', { name: /Archive/ })
			.click();
		await page.getByRole('button', { name: 'Restore' }).click();
		await page.getByText('Nothing is archived').waitFor();
		await page
			.getByRole('navigation', { name: 'Main' })
			.getByRole('link', { name: /Segments/ })
			.click();
		assert.equal(await people(page, 'VIP'), total);

		// The index says what each is used in.
		await page.getByRole('button', { name: 'Contacted this week is used in 1 segment' }).click();
		const uses = page.getByRole('dialog', { name: 'Used in' });
		await uses.getByRole('link', { name: dach }).waitFor();
		if (process.env.E2E_LOOK)
			for (const width of [390, 1100, 1360]) {
				await page.setViewportSize({ width, height: 850 });
				await page.screenshot({ path: `.e2e/look-index-${width}.png` });
			}
		await page.keyboard.press('Escape');
		await uses.waitFor({ state: 'detached' });

		// What another refers to stays, unless something else is put in its place; and Undo mends that.
		const before = await people(page, dach);
		await menu('Contacted this week', 'Delete');
		const dialog = page.getByRole('dialog', { name: '“Contacted this week” is in use' });
		await dialog.getByRole('link', { name: dach }).waitFor();
		await dialog.getByLabel('Put in its place').selectOption('VIP');
		await dialog.getByRole('button', { name: 'Replace and delete' }).click();
		const gone = page.getByRole('link', { name: 'Contacted this week', exact: true });
		await gone.waitFor({ state: 'detached' });
		await eventually(async () => assert.notEqual(await people(page, dach), before));
		const toast = page.getByRole('listitem').filter({ hasText: '“Contacted this week” deleted.' });
		await toast.getByRole('button', { name: 'Undo' }).click();
		await gone.waitFor();
		await eventually(async () => assert.equal(await people(page, dach), before));
	},
	{ sample: true }
);

story(
	'a segment is renamed, tagged and duplicated on its page',
	async ({ page, url }) => {
		await openSample(page, url);
		await open(page, 'Left a cart this week');
		const total = (await steps(page)).at(-1)!.after;
		await page.keyboard.press('F2');
		await page.keyboard.type('Carts');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { level: 1, name: 'Carts' }).waitFor();
		await page.getByRole('button', { name: '+ Tag' }).click();
		await page.getByLabel('Tag', { exact: true }).fill('Weekly');
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Remove tag Weekly' }).waitFor();
		await page.keyboard.press('d');
		await page.getByRole('heading', { level: 1, name: 'Carts copy' }).waitFor();
		assert.equal((await steps(page)).at(-1)!.after, total);
		await page.getByRole('button', { name: 'Remove tag Weekly' }).waitFor();
	},
	{ sample: true }
);

story(
	'a template is found by typing, counted, and a segment of the same count',
	async ({ page, url }) => {
		await openSample(page, url);
		await people(page, dach);
		await page.keyboard.press('t');
		await page.getByRole('heading', { level: 1, name: 'Templates' }).waitFor();
		const buyers = page.getByRole('button', { name: /^Repeat buyers/ });
		const total = await eventually(async () => {
			const text = (await buyers.locator('.num').innerText()).trim();
			assert.match(text, /^[\d,]+$/);
			return number(text);
		});
		await page.getByText('Needs fields of latitude and longitude.').waitFor();

		await page.keyboard.type('repeat');
		await eventually(() => assert.match(page.url(), /#\/segments\/templates\?q=repeat$/));
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { level: 1, name: 'Repeat buyers' }).waitFor();
		assert.equal((await steps(page)).at(-1)!.after, total);

		// Escape goes back, first from the search, then from the templates.
		await page.goBack();
		await page.getByRole('searchbox', { name: 'Search templates' }).waitFor();
		await page.keyboard.press('Escape');
		await eventually(() => assert.match(page.url(), /#\/segments\/templates$/));
		await page.keyboard.press('Escape');
		assert.equal(await people(page, 'Repeat buyers'), total);
	},
	{ sample: true }
);

story('an address without a segment says so', async ({ page, url }) => {
	await page.goto(`${url}#/segments/nobody`);
	await page.getByRole('heading', { name: 'There is no segment at this address' }).waitFor();
	await page.getByRole('link', { name: 'All segments' }).click();
	await page.getByRole('heading', { name: 'Start with your contacts.' }).waitFor();
});

story(
	'settings are kept, and erasing the device leaves nothing',
	async ({ page, url }) => {
		await openSample(page, url);
		await page.goto(`${url}#/settings`);
		await page.getByRole('radio', { name: 'Dark' }).check();
		await page.getByLabel('Name', { exact: true }).fill('Our shop');
		await page.keyboard.press('Tab');
		await page.getByLabel('Week starts on').selectOption('Sunday');
		await page.getByText('Saved on this device').first().waitFor();
		await page.reload();
		await eventually(async () => {
			assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Our shop');
			assert.equal(await page.getByLabel('Week starts on').inputValue(), '7');
			assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
		});
		await page.getByText(/OPFS/).waitFor();

		await page.getByRole('button', { name: 'Erase this device' }).click();
		const dialog = page.getByRole('dialog', { name: 'Erase this device?' });
		const confirm = dialog.getByRole('button', { name: 'Erase this device' });
		assert.ok(await confirm.isDisabled());
		await dialog.getByLabel(/Type/).fill('Our shop');
		await page.evaluate(holdFile);
		await confirm.click();
		await page
			.getByRole('heading', { name: 'Start with your contacts.' })
			.waitFor({ timeout: 20_000 });
		const kept = await page.evaluate(() => Object.keys(localStorage).join());
		assert.ok(!kept.includes('sample') && !kept.includes('theme'), kept);
	},
	{ sample: true }
);

/** Holds a file of each workspace for a second, as a worker that is just gone may. */
async function holdFile(): Promise<void> {
	const root = await navigator.storage.getDirectory();
	for await (const folder of root.values()) {
		if (folder.kind !== 'directory') continue;
		const file = await folder.getFileHandle('held', { create: true });
		const held = await file.createWritable();
		setTimeout(() => void held.abort(), 1000);
	}
}
