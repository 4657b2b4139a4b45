import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { assertAccessible } from './accessible';
import { save } from './building';
import { eventually, story } from './harness';

/** A Thursday in Zurich. */
const now = Date.parse('2026-01-15T10:00:00.000Z');

async function choose(page: Page, typed: string, option: RegExp): Promise<void> {
	await page.getByRole('combobox').last().fill(typed);
	await page.getByRole('option', { name: option }).first().click();
}

/** At least two orders in the last 30 days. */
async function buildSegment(page: Page, url: string): Promise<void> {
	await page.goto(`${url}#/segments/new`);
	await choose(page, 'placed order', /^Placed order/);
	await page.getByRole('button', { name: /how many times/ }).click();
	await page.getByRole('textbox', { name: 'Number' }).fill('2');
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: /Placed order, (operator|when)/ }).click();
	await choose(page, 'in the last', /^in the last From/);
	await page
		.getByRole('group', { name: /at least 2 times in the last 30 days/ })
		.first()
		.waitFor();
	await page.getByRole('heading', { level: 1 }).getByRole('button').click();
	await page.getByRole('textbox', { name: 'Name' }).fill('Buys again');
	await page.keyboard.press('Enter');
	await save(page);
}

async function addContact(page: Page, url: string): Promise<void> {
	await page.goto(`${url}#/contacts`);
	await page.getByRole('button', { name: 'New contact' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add a contact' });
	await dialog.getByLabel('Email', { exact: true }).fill('nia@example.ch');
	await dialog.getByLabel('First name', { exact: true }).fill('Nia');
	await dialog.getByRole('button', { name: 'Add contact' }).click();
	await dialog.waitFor({ state: 'detached' });
	await page.getByRole('gridcell', { name: 'Nia', exact: true }).getByRole('link').click();
}

/** `when` on the clock of Zurich. */
async function addOrder(page: Page, when: string): Promise<void> {
	await page.getByRole('button', { name: 'Add event' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add an event' });
	await dialog.getByLabel('What').selectOption('Placed order');
	await dialog.getByLabel('When').fill(when);
	await dialog.getByRole('button', { name: 'Add event' }).click();
	await dialog.waitFor({ state: 'detached' });
}

/** The instants that are shown, in order. */
const instants = (place: Locator) =>
	place.locator('time').evaluateAll((all) => all.map((time) => time.getAttribute('datetime')));

async function shows(place: Locator, expected: readonly string[]): Promise<void> {
	await eventually(async () => assert.deepEqual(await instants(place), expected));
}

story(
	'a contact’s page and a segment’s tell why somebody is in, since when, and until when',
	async ({ page, url }) => {
		await page.clock.setFixedTime(now);
		await buildSegment(page, url);
		await addContact(page, url);
		const row = page
			.getByRole('complementary')
			.getByRole('listitem')
			.filter({ hasText: 'Buys again' })
			.first();
		await addOrder(page, '2026-01-02T09:00');

		// One order of two: by when the other must come hangs on the first.
		await row.getByRole('button', { name: 'Why not in Buys again' }).press('Enter');
		await row.getByText('Would be in if:').waitFor();
		await row.getByText('(1 more by 1 Feb 2026, 09:00)').waitFor();
		await row.getByText('once, on 2 Jan 2026, 09:00').waitFor();
		await shows(row, []);

		// With the second it is in, until the first is more than 30 days ago.
		await addOrder(page, '2026-01-10T15:30');
		await row.getByText('Would be out if:').waitFor();
		const [since, until] = ['2026-01-10T14:30:00.000Z', '2026-02-01T08:00:00.001Z'];
		await shows(row, [since, until, since, until]);
		await row.getByText('2 times, the last on 10 Jan 2026, 15:30').waitFor();
		await assertAccessible(page, 'why a contact is in a segment');
		await row.getByRole('button', { name: 'Why in Buys again' }).press('Enter');
		await row.locator('time').first().waitFor({ state: 'detached' });

		// The segment's page says the same.
		await row.getByRole('link', { name: 'Buys again' }).click();
		const members = page.getByRole('list', { name: 'Contacts in this segment' });
		await members.getByRole('button', { name: 'Why is Nia in here?' }).click();
		await shows(page.getByRole('group', { name: 'Step by step' }), [since, until, since, until]);
		await assertAccessible(page, 'why somebody is in a segment');

		// As time goes on, it is out.
		await page.clock.setFixedTime(Date.parse(until));
		await page.reload();
		await page.getByRole('combobox', { name: 'Find a contact' }).fill('nia');
		await page.getByRole('option', { name: /^Nia/ }).click();
		await page.getByText('Stopped at').waitFor();
		await shows(page.getByRole('group', { name: 'Step by step' }), [until, until]);
	},
	{ patience: 180_000 }
);
