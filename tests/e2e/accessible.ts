import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with what is not accessible about a page as it stands, once no number of it is pale because it is counted anew. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
	await page.locator('.stale').first().waitFor({ state: 'detached' });
	const found = (await page.evaluate(
		`${axe.source}; axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary)))`
	)) as string[];
	assert.deepEqual(found, [], what);
}

/**
 * Axe, and nothing wider than the window, as wide and as narrow as people have it, in both themes. With `E2E_LOOK=1` it
 * leaves pictures of it: `.e2e/look-*.png`.
 */
export async function look(page: Page, what: string): Promise<void> {
	for (const width of [390, 1360])
		for (const colorScheme of ['dark', 'light'] as const) {
			await page.setViewportSize({ width, height: 850 });
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await assertAccessible(page, `${what}, ${width} px, ${colorScheme}`);
			if (process.env.E2E_LOOK)
				await page.screenshot({
					path: `.e2e/look-${what}-${width}-${colorScheme}.png`,
					fullPage: true
				});
			const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
			assert.equal(await page.evaluate(wider), 0, `${what}, ${width} px: wider than the window`);
		}
}
