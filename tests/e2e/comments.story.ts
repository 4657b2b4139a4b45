import assert from 'node:assert/strict';
import { assertAccessible } from './accessible';
import { choose, rename, row, save } from './building';
import { story } from './harness';
import { anotherDevice, invitation, join, share } from './teaming';
import { startRelay } from '../fixtures/relay';

story(
	'two people talk about a row of a rule, and settle it',
	async ({ page, url, afterwards }) => {
		const relay = await startRelay();
		const jon = await anotherDevice();
		afterwards(relay.end);
		afterwards(jon.close);
		await page.goto(`${url}#/segments/new`);
		await choose(page, 'placed order', /^Placed order/);
		await rename(page, 'Buyers');
		await save(page);
		await share(page, url, relay.url);
		await join(jon.page, await invitation(page, 'Editor'), 'Jon');

		await page.goto(`${url}#/segments`);
		await page.getByRole('link', { name: 'Buyers' }).click();
		await page.getByRole('link', { name: 'Edit rules' }).first().click();
		const order = row(page, /placed order/i);
		await order.focus();
		await page.keyboard.press('m');
		const sheet = page.getByRole('dialog', { name: 'Comments on this row' });
		await sheet.getByLabel('Comment').fill('Since when do we count these?\nAsk sales.');
		await page.keyboard.press('Control+Enter');
		await sheet.getByText('Ask sales.').waitFor();
		await assertAccessible(page, 'comments on a row');
		await page.keyboard.press('Escape');
		await order.getByRole('button', { name: '1 open comment' }).waitFor();
		await assertAccessible(page, 'a row with a comment');

		// Jon sees it on the details page and on the row, and answers.
		await jon.page.getByRole('link', { name: 'Buyers' }).click();
		await jon.page.getByRole('button', { name: '1 open comment' }).click();
		const all = jon.page.getByRole('dialog', { name: 'Comments' });
		await all.getByText('Mia Keller').waitFor();
		await assertAccessible(jon.page, 'all comments on a segment');
		await jon.page.keyboard.press('Escape');
		await jon.page.getByRole('link', { name: 'Edit rules' }).first().click();
		const his = row(jon.page, /placed order/i);
		await his.getByRole('button', { name: '1 open comment' }).click();
		const reply = jon.page.getByRole('dialog', { name: 'Comments on this row' });
		await reply.getByLabel('Comment').fill('Since March.');
		await reply.getByRole('button', { name: 'Comment' }).click();
		assert.equal(
			await reply.getByRole('button', { name: 'Delete' }).count(),
			1,
			'one’s own can be deleted, nobody else’s'
		);
		await order.getByRole('button', { name: '2 open comments' }).click();
		await sheet.getByText('Jon').waitFor();
		await sheet.getByRole('button', { name: 'Resolve all 2' }).click();
		await sheet.locator('textarea:focus').waitFor();
		await reply
			.getByText(/^Resolved by Mia Keller/)
			.first()
			.waitFor();
		await jon.page.keyboard.press('Escape');
		assert.equal(await his.getByRole('button', { name: /open comment/ }).count(), 0);
		await sheet.getByRole('button', { name: 'Reopen' }).first().click();
		await page.keyboard.press('Escape');
		await his.getByRole('button', { name: '1 open comment' }).waitFor();

		// The row goes, what was said about it does not, and undo is about the rule.
		await order.focus();
		await page.keyboard.press('Backspace');
		await order.waitFor({ state: 'detached' });
		await page.getByRole('button', { name: '1 open comment' }).click();
		const kept = page.getByRole('dialog', { name: 'Comments' });
		await kept.getByRole('heading', { name: 'A row that was removed' }).waitFor();
		await kept.getByText('Ask sales.').waitFor();
		await page.keyboard.press('Escape');
		await page.keyboard.press('Control+z');
		await order.getByRole('button', { name: '1 open comment' }).waitFor();

		// Who may only look reads along.
		await page.evaluate(() => (location.hash = '#/team'));
		await page.getByLabel('Role of Jon').selectOption('Viewer');
		await jon.page.getByText('You are a viewer here:').waitFor();
		await his.getByRole('button', { name: '1 open comment' }).click();
		await reply.getByText('Ask sales.').waitFor();
		assert.equal(await reply.getByLabel('Comment', { exact: true }).count(), 0);
		assert.equal(await reply.getByRole('button', { name: /Reopen|Resolve|Delete/ }).count(), 0);
		assert.deepEqual(jon.troubles, []);
	},
	{ patience: 120_000 }
);
