import { findBrowser, openBrowser } from './browser';
import { serve } from '../../src/scripts/serve';
import { openSample } from './sample';
const server = await serve({ directory: 'build', port: 0 });
const browser = await findBrowser();
for (const width of [1360, 390])
	for (const scheme of ['light', 'dark'] as const) {
		const { context, close } = await openBrowser(browser, { locale: 'en-GB', timezoneId: 'Europe/Zurich', viewport: { width, height: 850 }, reducedMotion: 'reduce', colorScheme: scheme });
		await context.addInitScript('globalThis.__name ??= (named) => named');
		const page = context.pages()[0]!;
		page.on('console', (m) => m.type() === 'error' && console.log('console', m.text()));
		await openSample(page, server.url);
		await page.goto(`${server.url}#/segments/new`);
		await page.getByRole('combobox').waitFor();
		await page.keyboard.press('Escape');
		await page.keyboard.press('t');
		const field = page.getByRole('textbox', { name: 'Rule' });
		await field.fill('country is any of CH, DE and (ordered at least 2 times in the last 90 days where total > 50 or email opened in the last 30 days by people) and not in segment ');
		await page.waitForTimeout(400);
		await page.screenshot({ path: `/tmp/shots/type-error-${width}-${scheme}.png` });
		await field.fill('country is any of CH, DE and (ordered at least 2 times in the last 90 days where total > 50 or email opened in the last 30 days by people) and none of (tagged VIP)');
		await page.waitForTimeout(1500);
		await page.screenshot({ path: `/tmp/shots/type-ok-${width}-${scheme}.png` });
		await page.keyboard.press('Control+Enter');
		await page.waitForTimeout(1500);
		await page.screenshot({ path: `/tmp/shots/typed-${width}-${scheme}.png` });
		await close();
	}
await server.close();
process.exit(0);
