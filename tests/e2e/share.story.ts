import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { assertAccessible } from './accessible';
import { story } from './harness';

story(
	'a segment goes by a link into another workspace, without anybody’s contacts',
	async ({ page, context, url, serve }) => {
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await page.goto(`${url}#/segments/new`);
		await page.getByRole('combobox').last().fill('placed order');
		await page
			.getByRole('option', { name: /^Placed order/ })
			.first()
			.click();
		await page.getByRole('heading', { level: 1 }).getByRole('button').click();
		await page.getByRole('textbox', { name: 'Name' }).fill('Buyers');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Control+s');
		await page.getByRole('link', { name: 'Open', exact: true }).click();
		await page.getByRole('button', { name: 'More for Buyers' }).click();
		await page.getByRole('menuitem', { name: 'Share as a link' }).click();
		await page.getByText('The link is copied.').waitFor();
		const link = await page.evaluate(() => navigator.clipboard.readText());
		assert.equal(new URL(link).search, '', 'all of it is behind the #');

		// Another copy of the app, with a workspace of its own.
		const other = await serve({ folder: '/other/' });
		await page.goto(other + new URL(link).hash);
		await page.getByRole('heading', { level: 1, name: 'Buyers' }).waitFor();
		await page.getByText('placed order').first().waitFor();
		await assertAccessible(page, 'a shared segment');
		await page.getByRole('button', { name: 'Add to my segments' }).click();
		await page.getByRole('link', { name: 'Edit rules' }).waitFor();
		await page.getByRole('heading', { level: 1, name: 'Buyers' }).waitFor();

		// Who opens the link again has it, and may take a copy by a name of its own.
		await page.goto(other + new URL(link).hash);
		await page.getByText('You have it already.').waitFor();
		await assertAccessible(page, 'a shared segment that is here');
		await page.getByRole('link', { name: 'Open yours' }).click();
		await page.getByRole('link', { name: 'Edit rules' }).waitFor();
		await page.goto(other + new URL(link).hash);
		await page.getByRole('button', { name: 'Add a copy' }).click();
		await page.getByRole('heading', { level: 1, name: 'Buyers 2' }).waitFor();

		await page.goto(`${other}#/share?s=AAAA`);
		await page.getByText('This link cannot be read').waitFor();
	}
);

story('of a shared link no more is taken than what is shown', async ({ page, url }) => {
	const everyone = { kind: 'everyone' };
	const crafted = {
		segments: [
			{ id: 'a', name: 'Friends', rule: { kind: 'segment', segment: 'b', in: true } },
			{ id: 'b', name: 'Guests', rule: { match: 'none', children: [everyone] } },
			{ id: 'c', name: 'Unseen', rule: everyone }
		],
		registers: { smartLists: { l: { name: 'Unseen list' } }, campaigns: { c: { name: 'Unseen' } } }
	};
	const packed = deflateRawSync(JSON.stringify(crafted)).toString('base64url');
	await page.goto(`${url}#/share?s=${packed}`);
	await page.getByRole('heading', { level: 1, name: 'Friends' }).waitFor();
	await page.getByRole('heading', { name: 'Segments that come with it' }).waitFor();
	await page.getByText('None of (everyone).').waitFor();
	await assertAccessible(page, 'a shared segment with another');
	await page.getByRole('button', { name: 'Add to my segments' }).click();
	await page.getByRole('link', { name: 'Edit rules' }).waitFor();
	await page.goto(`${url}#/segments`);
	await page.getByRole('link', { name: 'Guests', exact: true }).waitFor();
	assert.equal(await page.getByText('Unseen').count(), 0);
	await page.goto(`${url}#/campaigns`);
	await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor();
	assert.equal(await page.getByText('Unseen').count(), 0);
});
