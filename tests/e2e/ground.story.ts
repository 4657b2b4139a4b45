import assert from 'node:assert/strict';
import { story } from './harness';

story('the app opens and its database answers', async ({ page, url }) => {
	await page.goto(url);
	await page.getByText('ready on opfs-ahp ok').waitFor();
	assert.equal(page.url(), url);
});

story('the app opens in a folder of a static host', async ({ page, serve }) => {
	await page.goto(await serve({ folder: '/demo/' }));
	await page.getByText('ready on opfs-ahp ok').waitFor();
});
