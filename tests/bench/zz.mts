import { serve } from '../../src/scripts/serve';
import { findBrowser, openBrowser } from '../e2e/browser';
import * as f from './flows';
const server = await serve({ directory: 'build', port: 0 });
const { context, close } = await openBrowser(await findBrowser(), {
	viewport: { width: 1360, height: 850 },
	locale: 'en-GB'
});
await f.watch(context);
context.setDefaultTimeout(30000);
const page = await f.open(context, server.url, '');
page.on('console', (m) => m.type() === 'error' && console.log('  ', m.text()));
try {
	await page.getByRole('button', { name: 'Explore sample data' }).click();
	await page.getByRole('link', { name: /Contacts 2,000/ }).waitFor();
	await f.saveSegment(page, [
		{
			kind: 'field',
			field: 'email_consent',
			of: 'select',
			test: { operator: 'is', value: 'subscribed' }
		},
		{
			kind: 'event',
			types: ['order_placed'],
			did: true,
			window: { operator: 'inLast', n: 90, unit: 'day' }
		}
	]);
	console.log(await f.recorded(page));
	console.log('mute', await f.timed(page, () => f.press(page, 1, 'Space')));
	console.log('unmute', await f.timed(page, () => f.press(page, 1, 'Space')));
	console.log('negate', await f.timed(page, () => f.press(page, 1, 'n')));
	await page.screenshot({ path: '/tmp/lab/builder.png' });
	await f.go(page, '#/segments', /Segments/);
	await page.waitForTimeout(1000);
	console.log(await f.recorded(page));
} catch (e) {
	console.log(e);
	await page.screenshot({ path: '/tmp/lab/builder.png' });
}
await close();
await server.close();
