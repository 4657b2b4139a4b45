import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join as joined } from 'node:path';
import type { Page } from 'playwright-core';
import { assertAccessible, look } from './accessible';
import { eventually, story } from './harness';
import { addRule, anotherDevice, invitation, join, newSegment, share } from './teaming';
import { freePort } from '../fixtures/postgres-server';
import { startRelay } from '../fixtures/relay';

/** All that a relay has on disk, as one. */
async function onDisk(folder: string): Promise<Buffer> {
	const files = await readdir(folder, { recursive: true, withFileTypes: true });
	const contents = files
		.filter((file) => file.isFile())
		.map((file) => readFile(joined(file.parentPath, file.name)));
	return Buffer.concat(await Promise.all(contents));
}

story(
	'a team shares segments through a relay, from link to removal',
	async ({ page, url, afterwards }) => {
		const relay = await startRelay();
		const jon = await anotherDevice();
		afterwards(relay.end);
		afterwards(jon.close);
		await newSegment(page, url, 'Customers in Vienna');
		await share(page, url, relay.url);
		await assertAccessible(page, 'the team’s page');

		await join(jon.page, await invitation(page, 'Viewer'), 'Jon');
		await jon.page.getByRole('link', { name: 'Customers in Vienna' }).waitFor();
		await jon.page.getByText('No contacts on this device').waitFor();
		await jon.page.getByText('You are a viewer here:').waitFor();
		await page.getByRole('listitem').filter({ hasText: 'Jon' }).getByText('Here now').waitFor();

		// An editor from now on, whose changes are there at once.
		await page.getByLabel('Role of Jon').selectOption('Editor');
		await jon.page.getByText('You are a viewer here:').waitFor({ state: 'detached' });
		await jon.page.getByRole('link', { name: 'Customers in Vienna' }).click();
		await jon.page.getByRole('heading', { level: 1 }).getByRole('button').click();
		await jon.page.getByRole('textbox', { name: 'Name' }).fill('Viennese');
		await jon.page.keyboard.press('Enter');
		await page.goto(`${url}#/segments`);
		await page.getByRole('link', { name: 'Viennese' }).waitFor();

		// Each sees where the other is.
		await page.goto(`${url}#/segments`);
		await page.getByRole('link', { name: 'Viennese' }).click();
		await page.getByRole('img', { name: 'Jon is here too' }).waitFor();
		await jon.page.getByRole('link', { name: 'Edit rules' }).first().click();
		await jon.page.locator('[data-node]').first().focus();
		await page.getByRole('link', { name: 'Edit rules' }).first().click();
		await page.getByRole('img', { name: 'Jon is at this row' }).waitFor();
		await assertAccessible(page, 'a builder with somebody else in it');

		// A page that is left while something is typed in it has lost nothing of it.
		await jon.page.getByRole('button', { name: /how many times/ }).press('Enter');
		await jon.page.getByRole('textbox', { name: 'Number' }).fill('4');
		await jon.page.reload();
		for (const each of [jon.page, page])
			await each.getByRole('group', { name: /at least 4 times/ }).waitFor();

		// Apart, both go on; together again, both have all of it.
		await jon.context.setOffline(true);
		await newSegment(page, url, 'Made by Mia');
		await jon.page.evaluate(() => (location.hash = '#/segments'));
		await jon.page.getByRole('heading', { name: /^Segments/ }).waitFor();
		await newSegmentHere(jon.page, 'Made by Jon');
		await jon.context.setOffline(false);
		await page.goto(`${url}#/segments`);
		await page.getByRole('link', { name: 'Made by Jon' }).waitFor({ timeout: 30_000 });
		await jon.page.evaluate(() => (location.hash = '#/segments'));
		await jon.page.getByRole('link', { name: 'Made by Mia' }).waitFor();

		// Removed, he reads nothing new.
		await page.goto(`${url}#/team`);
		const row = page.getByRole('listitem').filter({ hasText: 'Jon' });
		await row.getByRole('button', { name: 'Remove' }).click();
		await page
			.getByRole('dialog')
			.or(page.getByRole('alertdialog'))
			.getByRole('button', { name: 'Remove' })
			.click();
		await row.waitFor({ state: 'detached' });
		await page.getByText('Everything is stored by the relay').waitFor();
		await newSegment(page, url, 'After Jon');
		await jon.page.evaluate(() => (location.hash = '#/team'));
		await jon.page.getByText('You are no longer a member').waitFor();
		assert.equal(await jon.page.getByRole('link', { name: 'After Jon' }).count(), 0);

		const seen = await onDisk(relay.folder);
		for (const secret of ['Vienn', 'Mia', 'Jon', 'After'])
			assert.equal(seen.includes(secret), false, `the relay has “${secret}” in clear`);
		const troubles = jon.troubles.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text));
		assert.deepEqual(troubles, []);
	},
	{ patience: 150_000 }
);

/** The same as a person offline does it: without loading the page anew. */
async function newSegmentHere(page: Page, name: string): Promise<void> {
	await page.keyboard.press('c');
	await addRule(page);
	await page.getByRole('heading', { level: 1 }).getByRole('button').click();
	await page.getByRole('textbox', { name: 'Name' }).fill(name);
	await page.keyboard.press('Enter');
	await eventually(async () =>
		assert.equal(await page.getByRole('heading', { level: 1, name }).count(), 1)
	);
}

story(
	'a browser that is killed right after somebody joined still has the team’s workspace',
	async ({ page: first, url, crash, afterwards }) => {
		const relay = await startRelay();
		afterwards(relay.end);
		const mia = await anotherDevice();
		afterwards(mia.close);
		await newSegment(mia.page, url, 'Customers in Vienna');
		await share(mia.page, url, relay.url);
		await join(first, await invitation(mia.page, 'Editor'), 'Jon');
		await first.getByRole('link', { name: 'Customers in Vienna' }).waitFor();

		const page = await crash();
		await page.goto(`${url}#/team`);
		const here = page.getByRole('region', { name: 'On this device' });
		const team = here.getByRole('listitem').filter({ hasText: 'joined by invitation' });
		await team.waitFor();
		// What was open last may be forgotten, what there is is not.
		await team.getByText(/Open now|Switch to it/).waitFor();
		const other = team.getByRole('button', { name: 'Switch to it' });
		if (await other.isVisible()) await other.click();
		await page.getByText('Everything is stored by the relay').waitFor();
		await page.goto(`${url}#/segments`);
		await page.getByRole('link', { name: 'Customers in Vienna' }).waitFor();
	},
	{ patience: 150_000 }
);

story(
	'a relay that was started from another folder costs nobody their place in the team',
	async ({ page, url, afterwards, allow }) => {
		allow(/ERR_CONNECTION_REFUSED/);
		const env = { RELAY_PORT: String(await freePort()) };
		const right = await startRelay(env);
		afterwards(right.end);
		await newSegment(page, url, 'Customers in Vienna');
		await share(page, url, right.url);
		await right.kill();
		await page
			.getByText(/^Offline/)
			.first()
			.waitFor();

		const other = await startRelay(env);
		afterwards(other.end);
		await page.getByText('This relay does not know this workspace').waitFor({ timeout: 40_000 });
		await look(page, 'team-unknown');
		await page.getByRole('button', { name: 'Go on without it' }).click();
		const asked = page.getByRole('dialog').or(page.getByRole('alertdialog'));
		await asked.getByRole('button', { name: 'Cancel' }).click();
		await other.kill();

		const again = await startRelay({ ...env, RELAY_FOLDER: right.folder });
		afterwards(again.end);
		await page.getByText('Everything is stored by the relay').waitFor({ timeout: 60_000 });
	},
	{ patience: 180_000 }
);
