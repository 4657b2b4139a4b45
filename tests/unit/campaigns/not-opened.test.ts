import { afterAll, beforeAll, expect, test } from 'vitest';
import { didNotOpen } from '$lib/campaigns/not-opened';
import { parseRule } from '$lib/rules/parse';
import { definitions, moment } from '../../fixtures/people';
import { Population } from '../../fixtures/population';
import { doer, event } from '../rules/conditions/asking';

let population: Population;
beforeAll(async () => {
	population = await Population.open();
}, 60_000);
afterAll(() => population.close());

test('whom a campaign did not reach, and who wants no more by it, are not among those who did not open it', async () => {
	const at = '2024-06-10T10:00:00Z';
	const of = (campaign: string, ...activities: readonly string[]) =>
		activities.map((activity) => event(`email_${activity}`, at, { channel: 'email', campaign }));
	const bounced = (bounce: string) =>
		event('email_bounced', at, { channel: 'email', campaign: 'Autumn', bounce });
	await population.fill(
		[
			doer('nothing', ...of('Autumn', 'sent')),
			doer('delivered', ...of('Autumn', 'sent', 'delivered')),
			doer('opened', ...of('Autumn', 'sent', 'opened')),
			doer('hard', ...of('Autumn', 'sent'), bounced('hard')),
			doer('soft', ...of('Autumn', 'sent'), bounced('soft')),
			doer('complained', ...of('Autumn', 'sent', 'complained')),
			doer('unsubscribed', ...of('Autumn', 'sent', 'unsubscribed')),
			doer('by another', ...of('Autumn', 'sent'), ...of('Spring', 'sent', 'opened', 'bounced')),
			doer('not sent', ...of('Spring', 'sent'))
		],
		definitions
	);
	let ids = 0;
	const rule = parseRule(
		didNotOpen('Autumn', () => `n${++ids}`),
		definitions
	);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	expect(await population.byAll(rule.value, moment)).toEqual([
		'by another',
		'delivered',
		'nothing'
	]);
});
