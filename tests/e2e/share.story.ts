import assert from 'node:assert/strict';
import { assertAccessible } from './accessible';
import { story } from './harness';

story(
	'a segment goes by a link into another workspace, without anybody’s data',
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

		await page.goto(`${other}#/share?s=AAAA`);
		await page.getByText('This link cannot be read').waitFor();
	}
);
