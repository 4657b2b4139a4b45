import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually, story } from './harness';
import { startRelay } from '../fixtures/relay';
import { share } from './teaming';

const explore = (page: Page) => page.getByRole('button', { name: 'Explore sample data' }).click();
const leave = (page: Page) => page.getByRole('button', { name: 'Leave the sample' }).click();
const firstRun = (page: Page) =>
	page.getByRole('heading', { name: 'Start with your contacts.' }).waitFor();

/** All names of what this browser keeps: folders and files, databases, keys. */
const kept = (page: Page) =>
	page.evaluate(async () => {
		const files: string[] = [];
		for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
		const databases = (await indexedDB.databases()).map(({ name }) => name ?? '');
		return [...files, ...databases, ...Object.keys(localStorage)];
	});

story('the sample is one click in and one click out', async ({ page, url }) => {
	await page.goto(url);
	await explore(page);
	// No page shows numbers before there are people to count.
	await page.getByRole('heading', { name: 'Opening the sample' }).waitFor();
	const row = page.getByRole('row', { name: /Contacted this week/ });
	await row.getByText(/^\d{3}$/).waitFor();
	await page.getByRole('link', { name: /Contacts 2,000/ }).waitFor();
	assert.ok((await kept(page)).some((name) => name === 'winnow-sample'));

	// It is there after a reload, and is not filled again.
	await page.reload();
	await page.getByRole('link', { name: /Contacts 2,000/ }).waitFor();

	await leave(page);
	await firstRun(page);
	await eventually(async () => {
		const left = (await kept(page)).filter((name) => name.includes('sample'));
		assert.deepEqual(left, []);
	});
});

story(
	'the first screen asks for a file at once and goes to import with it',
	async ({ page, url }) => {
		await page.goto(url);
		const [chooser] = await Promise.all([
			page.waitForEvent('filechooser'),
			page.getByText('Choose file').click()
		]);
		const buffer = Buffer.from('Email,First name\nada@example.com,Ada\n');
		await chooser.setFiles({ name: 'people.csv', mimeType: 'text/csv', buffer });
		await page.getByRole('heading', { level: 1, name: 'Import' }).waitFor();
		await page.getByText('people.csv').first().waitFor();
	}
);

story('another tab goes over to the sample, and back', async ({ context, page, url }) => {
	await page.goto(url);
	const other = await context.newPage();
	await other.goto(url);
	await firstRun(other);
	await explore(page);
	await other.getByRole('link', { name: 'DACH repeat buyers, warm' }).waitFor();
	await leave(other);
	await firstRun(page);
	await firstRun(other);
	await eventually(async () => {
		const left = (await kept(page)).filter((name) => name.includes('sample'));
		assert.deepEqual(left, []);
	});
});

story('the sample is made anew after it was left', async ({ page, url }) => {
	await page.goto(url);
	await explore(page);
	await page.getByRole('link', { name: /Contacts 2,000/ }).waitFor();
	await leave(page);
	await firstRun(page);
	await explore(page);
	await page.getByRole('link', { name: /Contacts 2,000/ }).waitFor();
	await page.getByRole('link', { name: 'Lapsed buyers' }).waitFor();

	// What somebody has made in it does not go without a question.
	await page.getByRole('link', { name: 'Lapsed buyers' }).click();
	await page.getByRole('button', { name: 'More for Lapsed buyers' }).click();
	await page.getByRole('menuitem', { name: 'Duplicate' }).click();
	await page.getByRole('heading', { level: 1, name: 'Lapsed buyers copy' }).waitFor();
	await leave(page);
	const asked = page.getByRole('dialog', { name: 'Leave the sample?' });
	await asked.getByRole('button', { name: 'Stay' }).click();
	await asked.waitFor({ state: 'detached' });
	await leave(page);
	await asked.getByRole('button', { name: 'Leave and delete' }).click();
	await firstRun(page);
});

story(
	'a sample that was shared is a workspace like any other',
	async ({ page, url, afterwards }) => {
		const relay = await startRelay();
		afterwards(relay.end);
		await page.goto(url);
		await explore(page);
		await page.getByRole('link', { name: /Contacts 2,000/ }).waitFor();
		const banner = page.getByText('This is the sample');
		await banner.waitFor();
		await share(page, url, relay.url);
		await banner.waitFor({ state: 'detached' });

		const here = page.getByRole('region', { name: 'On this device' });
		const shared = here.getByRole('listitem').filter({ hasText: 'begun here as the sample' });
		await shared.getByText('Open now').waitFor();
		await here.getByRole('button', { name: 'Switch to it' }).click();
		await shared.getByRole('button', { name: 'Switch to it' }).click();
		await page.getByText('Everything is stored by the relay').waitFor();
		await page.getByRole('link', { name: /Contacts 2,000/ }).waitFor();

		// Nobody shares it any more; it stays all the same.
		await page.getByRole('button', { name: 'Leave the team' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Leave the team' }).click();
		await page.getByText('This workspace is only on this device.').waitFor();
		await page.reload();
		await page.getByRole('link', { name: /Contacts 2,000/ }).waitFor();
		assert.equal(await banner.count(), 0);
	}
);
