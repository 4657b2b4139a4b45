import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with what is not accessible about a page as it stands. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
	const found = (await page.evaluate(
		`${axe.source}; axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 160) + ' ' + nodes[0].failureSummary))`
	)) as string[];
	assert.deepEqual(found, [], what);
}
