import assert from 'node:assert/strict';
import { assertAccessible } from './accessible';
import { story } from './harness';
import { openSample } from './sample';

const pages = [
	['the index', '#/segments', 'Segments'],
	['the templates', '#/segments/templates', 'Templates'],
	['the details', '#/segments/sample-dach', 'DACH repeat buyers, warm'],
	['the builder', '#/segments/sample-dach/edit', 'DACH repeat buyers, warm'],
	['contacts', '#/contacts', 'Contacts'],
	['a contact', '#/contacts/0', undefined],
	['lists', '#/lists', 'Lists'],
	['tags', '#/tags', 'Tags'],
	['fields', '#/fields', 'Fields'],
	['import', '#/import', 'Import'],
	['the archive', '#/archive', 'Archive'],
	['settings', '#/settings', 'Settings']
] as const;

for (const [what, address, heading] of pages)
	story(
		`axe finds nothing on ${what}, wide and narrow, light and dark; nothing is wider than the window`,
		async ({ page, url }) => {
			await openSample(page, url);
			await page.goto(`${url}${address}`);
			await page
				.getByRole('heading', { level: 1, ...(heading ? { name: heading } : {}) })
				.first()
				.waitFor();
			for (const width of [1360, 390])
				for (const colorScheme of ['light', 'dark'] as const) {
					await page.setViewportSize({ width, height: 850 });
					await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
					await assertAccessible(page, `${width} px, ${colorScheme}`);
					const overflow = await page.evaluate(
						'document.documentElement.scrollWidth - document.documentElement.clientWidth'
					);
					assert.equal(overflow, 0, `${width} px: the page scrolls sideways`);
				}
		},
		{ patience: 120_000, sample: true }
	);
