import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { eventually, story } from './harness';
import { openSample } from './sample';

const go = (page: Page, place: string) =>
	page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click();

const shown = (page: Page) => page.getByRole('heading', { level: 1 });
const grid = (page: Page) => page.getByRole('grid', { name: 'Contacts' });
const cell = (page: Page, name: string) => grid(page).getByRole('gridcell', { name, exact: true });
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search contacts' });

async function counts(page: Page, number: string): Promise<void> {
	await eventually(async () =>
		assert.match(await shown(page).innerText(), new RegExp(`${number}$`))
	);
}

async function addContact(page: Page, fields: Record<string, string>): Promise<void> {
	await page.getByRole('button', { name: 'New contact' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add a contact' });
	for (const [name, value] of Object.entries(fields))
		await dialog.getByLabel(name, { exact: true }).fill(value);
	await dialog.getByRole('button', { name: 'Add contact' }).click();
	await dialog.waitFor({ state: 'detached' });
}

async function addEvent(page: Page, what: string, properties: Record<string, string>) {
	await page.getByRole('button', { name: 'Add event' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add an event' });
	await dialog.getByLabel('What').selectOption(what);
	for (const [name, value] of Object.entries(properties))
		await dialog.getByLabel(name, { exact: true }).fill(value);
	await dialog.getByRole('button', { name: 'Add event' }).click();
	await dialog.waitFor({ state: 'detached' });
}

/** Chooses or makes a tag or a list in the panel that has just opened. */
async function pick(page: Page, box: string, name: string): Promise<void> {
	const input = page.getByRole('combobox', { name: box, exact: true });
	await eventually(async () =>
		assert.equal(await input.evaluate((element) => element === document.activeElement), true)
	);
	await page.keyboard.type(name);
	await page.getByRole('option', { name }).first().waitFor();
	await page.keyboard.press('Enter');
}

/** Takes back what the message with these words says. */
const undo = (page: Page, words: string) =>
	page
		.getByRole('listitem')
		.filter({ hasText: words })
		.getByRole('button', { name: 'Undo' })
		.click();

story(
	'contacts are added by hand, found, corrected in place, and corrected back',
	async (stage) => {
		const { page, url } = stage;
		await page.goto(`${url}#/contacts`);
		await page.getByRole('heading', { name: 'No contacts yet' }).waitFor();
		await addContact(page, {
			Email: 'ada@example.com',
			'First name': 'Ada',
			Country: 'Switzerland'
		});
		await addContact(page, { Email: 'bo@example.com', 'First name': 'Bo', City: 'Bern' });
		await counts(page, '2');
		await cell(page, 'Switzerland').waitFor();

		// What is no address is not one, here as in the table.
		await page.keyboard.press('n');
		const dialog = page.getByRole('dialog', { name: 'Add a contact' });
		await dialog.getByLabel('Email', { exact: true }).fill('ada@example.com');
		await dialog.getByText('A contact has this address already').waitFor();
		await dialog.getByLabel('Email', { exact: true }).fill('ada@');
		await dialog.getByRole('button', { name: 'Add contact' }).click();
		await dialog.getByText('is not an email address').waitFor();
		await dialog.getByRole('button', { name: 'Cancel' }).click();

		await page.keyboard.press('/');
		await page.keyboard.type('ada EXAMPLE');
		await counts(page, '1');
		assert.match(page.url(), /q=ada\+EXAMPLE/);

		await cell(page, 'ada@example.com').click();
		await page.keyboard.press('Enter');
		await page.getByRole('textbox', { name: 'Email of Ada' }).fill('not an address');
		await page.keyboard.press('Enter');
		await page.getByRole('alert').getByText('is not an email address').waitFor();
		await page.getByRole('textbox', { name: 'Email of Ada' }).fill('ada@example.org');
		await page.keyboard.press('Enter');
		await cell(page, 'ada@example.org').waitFor();
		await undo(page, 'Email of Ada changed.');
		await cell(page, 'ada@example.com').waitFor();
		const said = page.getByRole('listitem').filter({ hasText: 'Email of Ada changed.' });
		await said.waitFor({ state: 'detached' });

		// The keys take back what was said last, and say so in its place.
		await cell(page, 'ada@example.com').click();
		await page.keyboard.press('Enter');
		await page.getByRole('textbox', { name: 'Email of Ada' }).fill('ada@example.net');
		await page.keyboard.press('Enter');
		await cell(page, 'ada@example.net').waitFor();
		await said.getByRole('button', { name: 'Undo' }).waitFor();
		await page.keyboard.press('Control+z');
		await cell(page, 'ada@example.com').waitFor();
		await page.getByText('Undone: Email of Ada changed.').waitFor();
		await said.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });

		await page.reload();
		await cell(page, 'ada@example.com').waitFor();
		assert.equal(await search(page).inputValue(), 'ada EXAMPLE');
	}
);

story(
	'the table is walked by keyboard from end to end, with few rows in the document',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		await go(page, 'Contacts');
		await counts(page, '2,000');
		await page.getByRole('button', { name: 'Name' }).click();
		assert.equal(await grid(page).getAttribute('aria-rowcount'), '2001');
		const active = () =>
			page.evaluate(() => {
				const row = document.activeElement?.closest('[role="row"]');
				return { row: row?.getAttribute('aria-rowindex'), role: document.activeElement?.role };
			});
		await grid(page).getByRole('gridcell').nth(2).click();
		assert.deepEqual(await active(), { row: '2', role: 'gridcell' });
		for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowDown');
		await eventually(async () => assert.deepEqual(await active(), { row: '42', role: 'gridcell' }));
		await page.keyboard.press('Control+End');
		await eventually(async () =>
			assert.deepEqual(await active(), { row: '2001', role: 'gridcell' })
		);
		assert.ok((await grid(page).getByRole('row').count()) <= 60);

		// Scrolled away from, the table still hears the keys.
		await grid(page).evaluate((element) => (element.scrollTop = 0));
		await eventually(async () => assert.equal(await active().then(({ role }) => role), 'grid'));
		await page.keyboard.press('Control+Home');
		await eventually(async () => assert.deepEqual(await active(), { row: '2', role: 'gridcell' }));

		await page.keyboard.press('Space');
		await page.keyboard.press('Shift+ArrowDown');
		await page.keyboard.press('Shift+ArrowDown');
		await page.getByRole('toolbar').getByText('3 selected').waitFor();
		await page.keyboard.press('Control+a');
		await page.getByRole('toolbar').getByText('2,000 selected').waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('toolbar').waitFor({ state: 'detached' });
	},
	{ sample: true }
);

story(
	'all that are found are tagged at once, and Undo takes it from just those',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		await go(page, 'Contacts');
		await search(page).fill('anna');
		const found = await eventually(async () => {
			const number = Number((await shown(page).innerText()).replaceAll(/\D/g, ''));
			assert.ok(number > 0 && number < 1000);
			return number;
		});
		await grid(page).getByRole('gridcell').nth(2).click();
		await page.keyboard.press('Control+a');
		await page.keyboard.press('t');
		await pick(page, 'Tag', 'called anna');
		await page.getByText(`${found} contacts tagged “called anna”.`).waitFor();
		const people = page
			.getByRole('row', { name: /called anna/ })
			.getByRole('cell')
			.nth(1);
		await go(page, 'Lists, tags, fields');
		await page.getByRole('link', { name: 'Tags', exact: true }).click();
		await eventually(async () => assert.equal(await people.innerText(), String(found)));
		await undo(page, 'tagged “called anna”');
		await eventually(async () => assert.equal(await people.innerText(), '0'));
	},
	{ sample: true }
);

story(
	'an archived contact leaves the table and its segments, and comes back',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		await go(page, 'Contacts');
		await counts(page, '2,000');
		const name = await grid(page).getByRole('link').first().innerText();
		await grid(page).getByRole('link').first().click();
		await page.getByRole('heading', { level: 1, name }).waitFor();
		await page.getByRole('button', { name: 'Archive' }).click();
		await page.getByText(/^Archived on/).waitFor();
		await page.getByText('Archived contacts are in no segment.').first().waitFor();
		await go(page, 'Archive');
		await page.getByRole('tab', { name: /^Contacts/ }).click();
		await page.getByRole('table').getByRole('link', { name }).waitFor();
		await go(page, 'Contacts');
		await counts(page, '1,999');
		await page.getByLabel('Show').selectOption('Archived');
		await counts(page, '1');
		await grid(page).getByRole('gridcell').nth(2).click();
		await page.keyboard.press('Space');
		await page.getByRole('button', { name: 'Restore' }).click();
		await page.getByText('1 contact restored.').waitFor();
		await page.getByLabel('Show').selectOption('All contacts');
		await counts(page, '2,000');
	},
	{ sample: true }
);

story(
	'all that are found are exported; who is erased is gone for good',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		await go(page, 'Contacts');
		await search(page).fill('anna');
		const found = await eventually(async () => {
			const number = Number((await shown(page).innerText()).replaceAll(/\D/g, ''));
			assert.ok(number > 0 && number < 1000);
			return number;
		});
		await page.getByRole('checkbox', { name: 'Select all' }).check();
		await page.getByRole('toolbar').getByRole('button', { name: 'Export' }).click();
		const dialog = page.getByRole('dialog', { name: 'Export Contacts, anna' });
		await dialog.getByText(new RegExp(`^${found} (people|contacts)`)).waitFor();
		const [file] = await Promise.all([
			page.waitForEvent('download'),
			dialog.getByRole('button', { name: /^Export/ }).click()
		]);
		const lines = readFileSync(await file.path(), 'utf8')
			.trim()
			.split(/\r?\n/);
		assert.equal(lines.length, found + 1);
		for (const line of lines.slice(1)) assert.match(line, /anna/i);
		await dialog.getByRole('button', { name: 'Close' }).first().click();

		const name = await grid(page).getByRole('link').first().innerText();
		await grid(page).getByRole('link').first().click();
		await page.getByRole('heading', { level: 1, name }).waitFor();
		await page.getByRole('button', { name: 'Erase' }).click();
		await page.getByRole('button', { name: 'Erase for good' }).click();
		await page.getByText(`${name} erased.`).waitFor();
		await counts(page, '1,999');
		await page.reload();
		await counts(page, '1,999');
	},
	{ sample: true }
);

story(
	'an event added by hand moves the segments of a contact, and its timeline',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		await go(page, 'Contacts');
		await addContact(page, { Email: 'new@example.ch', 'First name': 'Nia' });
		await cell(page, 'Nia').getByRole('link').click();
		await page.getByRole('heading', { level: 1, name: 'Nia' }).waitFor();
		const contacted = page
			.getByRole('complementary')
			.getByRole('listitem')
			.filter({ hasText: 'Contacted this week' });
		await contacted.getByLabel('Is not in').waitFor();
		await contacted.getByText('Stopped at step 1').waitFor();
		await page.getByText('Nothing happened yet.').waitFor();

		const timeline = page.getByRole('region', { name: 'Timeline' });
		await addEvent(page, 'Placed order', { Total: '120', Currency: 'CHF' });
		await timeline.getByText('120').waitFor();
		await addEvent(page, 'Email sent', { Campaign: 'Spring' });
		await eventually(async () => assert.equal(await timeline.getByRole('listitem').count(), 2));
		await contacted.getByLabel('Is in', { exact: true }).waitFor();
		await undo(page, 'Email sent added to Nia.');
		await contacted.getByLabel('Is not in').waitFor();
		await eventually(async () => assert.equal(await timeline.getByRole('listitem').count(), 1));

		await page.getByRole('button', { name: 'Edit First name' }).click();
		await page.keyboard.type('Nina');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { level: 1, name: 'Nina' }).waitFor();
		await page.getByRole('button', { name: '+ Tag' }).click();
		await pick(page, 'Tags', 'met in person');
		await page.getByRole('button', { name: 'Remove tag met in person' }).waitFor();
	},
	{ sample: true }
);

story(
	'a list in use is not deleted; one that is not goes, and comes back with its people',
	async (stage) => {
		const { page, url } = stage;
		await openSample(page, url);
		await go(page, 'Lists, tags, fields');
		await page.getByRole('button', { name: 'New list' }).click();
		await page.getByRole('textbox', { name: 'Name' }).fill('Guests');
		await page.getByRole('button', { name: 'Make list' }).click();
		await page.getByRole('link', { name: 'Guests', exact: true }).click();
		await page.getByRole('heading', { name: 'Nobody is in here now' }).waitFor();
		await page.getByRole('button', { name: 'Add to list' }).click();
		await page.getByRole('listbox', { name: 'Contacts' }).getByRole('option').first().click();
		await page.getByText('1 contact added to “Guests”.').waitFor();
		await page.keyboard.press('Escape');
		await counts(page, '1');

		await go(page, 'Lists, tags, fields');
		const row = page.getByRole('row', { name: /^Guests/ });
		await row.getByRole('cell', { name: '1', exact: true }).waitFor();
		await page.getByRole('button', { name: 'More for Guests' }).click();
		await page.getByRole('menuitem', { name: 'Delete' }).click();
		await row.waitFor({ state: 'detached' });
		await undo(page, '“Guests” deleted.');
		await row.getByRole('cell', { name: '1', exact: true }).waitFor();

		const used = page.getByRole('row').filter({ has: page.locator('.used') });
		await used
			.first()
			.getByRole('button', { name: /^More for/ })
			.click();
		await page.getByRole('menuitem', { name: 'Delete' }).click();
		await page.getByRole('dialog', { name: /is in use$/ }).waitFor();
	},
	{ sample: true }
);

story('a field changes its type after what would be lost is told, and back', async (stage) => {
	const { page, url } = stage;
	await page.goto(`${url}#/fields`);
	await page.getByRole('button', { name: 'New field' }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill('Seats');
	await page.getByRole('button', { name: 'Make field' }).click();
	await go(page, 'Contacts');
	await addContact(page, { 'First name': 'Ada' });
	await addContact(page, { 'First name': 'Bo' });
	for (const [name, seats] of [
		['Ada', '12'],
		['Bo', 'twelve']
	] as const) {
		await cell(page, name).getByRole('link').click();
		await page.getByRole('button', { name: /empty fields/ }).click();
		await page.getByRole('button', { name: 'Edit Seats' }).click();
		await page.keyboard.type(seats);
		await page.keyboard.press('Enter');
		await page.getByText(`Seats of ${name} changed.`).waitFor();
		await go(page, 'Contacts');
	}
	await go(page, 'Lists, tags, fields');
	await page.getByRole('link', { name: 'Fields', exact: true }).click();
	await page.getByRole('button', { name: 'More for Seats' }).click();
	await page.getByRole('menuitem', { name: 'Change type' }).click();
	await page.getByLabel('Type', { exact: true }).selectOption('Number');
	await page.getByText('1 of 2 values does not read as a number').waitFor();
	await page.getByRole('dialog').getByRole('button', { name: 'Change type' }).click();
	const row = page.getByRole('row', { name: /^Seats/ });
	await row.getByText('1 does not read as a number').waitFor();
	await undo(page, '“Seats” holds a number now.');
	await row.getByText('does not read').waitFor({ state: 'detached' });
	await row.getByRole('cell', { name: 'Text', exact: true }).waitFor();
});
