import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { assertAccessible } from './accessible';
import { choose } from './building';
import { eventually, story } from './harness';
import { anotherDevice, invitation, join, share } from './teaming';
import { startRelay } from '../fixtures/relay';

const contact = (name: string) => ({ uid: name, email: `${name}@example.org` });

/** Opens a workspace file with this in it. */
async function opened(page: Page, url: string, people: object): Promise<void> {
	const text = JSON.stringify({ format: 'winnow', version: 1, workspace: {}, ...people });
	await page.goto(`${url}#/settings`);
	await page.getByLabel('Open a workspace file').setInputFiles({
		name: 'people.json',
		mimeType: 'application/json',
		buffer: Buffer.from(text)
	});
	await bringIn(page);
}

async function bringIn(page: Page): Promise<void> {
	const dialog = page.getByRole('dialog', { name: 'Open a workspace file' });
	await dialog.getByRole('button', { name: /^(Restore|Add to this workspace)$/ }).click();
	await dialog.getByText(/^Added: /).waitFor();
	await dialog.getByRole('button', { name: 'Close' }).last().click();
}

story(
	'contacts go from one device to another through the relay, once; suppressed on one is suppressed on all',
	async ({ page, url, afterwards }) => {
		const relay = await startRelay();
		const jon = await anotherDevice();
		afterwards(relay.end);
		afterwards(jon.close);
		await opened(page, url, {
			contacts: ['zoe', 'pia', 'max'].map(contact),
			suppressions: [
				{
					...{ channel: 'email', address: 'zoe@example.org', reason: 'complaint' },
					at: '2026-01-01T00:00:00.000Z'
				}
			]
		});
		await share(page, url, relay.url);
		await join(jon.page, await invitation(page, 'Editor'), 'Jon');

		// Jon knows Zoe himself: he learns that nobody may write to her, from a hash.
		await opened(jon.page, url, { contacts: [contact('zoe')] });
		await jon.page.goto(`${url}#/team`);
		await jon.page.getByText('address that one device suppresses').waitFor();
		await jon.page.goto(`${url}#/segments/new`);
		await choose(jon.page, 'suppressed', /^Suppressed$/);
		const order = jon.page.getByRole('group', { name: /suppressed/i }).first();
		await eventually(
			async () => assert.match((await order.getAttribute('aria-label')) ?? '', /1 left/),
			{ within: 20_000 }
		);

		await page.goto(`${url}#/team`);
		await page.getByRole('button', { name: 'Send contacts to another device' }).click();
		const field = page.getByLabel('Link for one device');
		await field.waitFor();
		const link = await field.inputValue();
		assert.equal(new URL(link).search, '', 'all of it is behind the #');
		await page
			.getByRole('img', { name: /QR code/ })
			.last()
			.waitFor();
		await assertAccessible(page, 'a link to contacts');

		// Not with another key.
		await jon.page.goto(link.replace(/key=.{43}/, `key=${'A'.repeat(43)}`));
		await jon.page.getByRole('button', { name: 'Fetch it' }).click();
		await jon.page.getByText('The link does not open what is there').waitFor();

		await jon.page.goto(`${url}#/team`);
		await jon.page.getByRole('heading', { level: 1, name: 'Team' }).waitFor();
		await jon.page.goto(link);
		await jon.page.getByRole('button', { name: 'Fetch it' }).waitFor();
		assert.equal(new URL(jon.page.url()).hash, '#/receive', 'the key is out of the address bar');
		await assertAccessible(jon.page, 'contacts to fetch');
		await jon.page.getByRole('button', { name: 'Fetch it' }).click();
		await jon.page.getByRole('dialog').getByText('3 contacts').waitFor();
		await bringIn(jon.page);
		await jon.page.getByText('The relay has deleted it').waitFor();
		await assertAccessible(jon.page, 'contacts that were fetched');
		await jon.page.getByRole('link', { name: 'Contacts' }).first().click();
		await jon.page.getByText('max@example.org').first().waitFor();

		// Once is all.
		await jon.page.goto(link);
		await jon.page.getByText('It is not there, or no longer').waitFor();
		assert.deepEqual(jon.troubles, []);
	},
	{ patience: 120_000 }
);
