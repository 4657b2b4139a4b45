import * as rules from '../../src/lib/workspace/edit-rule';
import { saveSegment } from '../../src/lib/workspace/edit-segment';
import { look } from './accessible';
import { choose, row } from './building';
import { story } from './harness';
import { openSample } from './sample';
import { Teammate } from './teammate';

const s = 'sample-vip';
const points = (value: number) => ({
	kind: 'field',
	field: 'points',
	of: 'number',
	test: { operator: 'atLeast', value }
});

story(
	'what two people changed at once is looked at before it is saved, and nothing of either is lost',
	async ({ page, url }) => {
		await openSample(page, url);
		const bea = new Teammate(page, 'Bea');
		await page.goto(`${url}#/segments/${s}/edit`);
		await row(page, /Loyalty points/).waitFor();
		await bea.take();

		// Bea changes a row, and so does who sits here; and here a row is added.
		const node = [...bea.doc.getMap('nodes').entries()]
			.find(([key, body]) => key.startsWith(`${s}/`) && JSON.stringify(body).includes('points'))![0]
			.split('/')[1]!;
		bea.does((edit) => rules.setCondition(edit, s, node, points(700)));
		await row(page, /Loyalty points/)
			.getByRole('button', { name: /500/ })
			.click();
		await page.getByRole('textbox', { name: 'Number' }).fill('600');
		await page.keyboard.press('Escape');
		await row(page, /Loyalty points ≥ 600/).waitFor();
		await page
			.getByRole('button', { name: /^Add rule/ })
			.first()
			.click();
		await choose(page, 'switzerland', /^Country is Switzerland/);
		await row(page, /Country is Switzerland/).waitFor();
		await bea.give();

		await page.getByText('Also changed by Bea').waitFor();
		await row(page, /Loyalty points ≥ 700/).waitFor();
		await page.getByText('This draft needs a look').waitFor();
		await look(page, 'merged');
		await page.keyboard.press('Control+s');
		await page.getByText('Look at what came together first.').first().waitFor();
		await page.getByText(/^Draft · \d changes?$/).waitFor();

		await page.getByRole('button', { name: 'Keep mine' }).click();
		await row(page, /Loyalty points ≥ 600/).waitFor();
		await page.getByRole('button', { name: 'Looks right' }).click();
		await page.getByText('This draft needs a look').waitFor({ state: 'detached' });

		// Meanwhile Bea has saved hers: two rules saved at once.
		bea.does((edit) => saveSegment(edit, s, 'by-bea'));
		await page.keyboard.press('Control+s');
		await page.getByText('Saved', { exact: true }).first().waitFor();
		await bea.give();
		await page.getByText('What Bea saved counts').waitFor();
		await look(page, 'saved-at-once');
		await page.getByRole('link', { name: 'Compare' }).click();
		await page.getByRole('heading', { name: 'History of VIP' }).waitFor();
		const changed = page.getByRole('complementary', { name: 'What changed' });
		await changed.locator('li.added').getByText('Country is Switzerland').waitFor();
		await changed.locator('li.changed').getByText('Loyalty points ≥ 600').waitFor();
		await look(page, 'compared');
		await page.getByRole('button', { name: 'Keep what counts' }).click();
		await page.getByText('Two rules were saved at once').waitFor({ state: 'detached' });
	},
	{ patience: 180_000, sample: true }
);
