import type { Page } from 'playwright-core';

/** From an empty browser to the sample workspace, counted. */
export async function openSample(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.getByRole('button', { name: 'Explore sample data' }).click();
	await page.getByText('This is the sample').waitFor();
	await page
		.getByRole('navigation', { name: 'Main' })
		.getByText('2,000')
		.waitFor({ timeout: 30_000 });
}
