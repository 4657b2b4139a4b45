import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { kinds } from '$lib/rules/conditions/registry';
import { definitions } from '../../fixtures/people';
import { add, choose, edit, expectSound, fill, open, user } from './edit';
import '../ui/ready';

afterEach(cleanup);

const about = kinds.filter(({ kind }) =>
	[
		'aggregate',
		'first',
		'last',
		'inactive',
		'sequence',
		'regularly',
		'message',
		'purchase',
		'engagement'
	].includes(kind)
);

describe.each(about)('$kind', (kind) => {
	it.each(kind.choices(definitions))('as the picker starts it: $label', ({ condition }) => {
		edit(condition);
		expect(screen.getAllByRole('button').length).toBeGreaterThan(1);
	});

	it('with nothing in it, or with anything', () => {
		edit({ kind: kind.kind });
		expect(screen.getAllByRole('button').length).toBeGreaterThan(0);
		cleanup();
		const odd = { types: 3, where: [null, 7], test: [], steps: 'x', window: 1, of: {} };
		edit({ kind: kind.kind, ...odd });
		expect(screen.getAllByRole('button').length).toBeGreaterThan(0);
	});
});

describe('an aggregate', () => {
	it('is edited whole: what of which, how much, when and where', async () => {
		const state = edit({
			kind: 'aggregate',
			types: [],
			function: 'distinct',
			test: { operator: 'atLeast', n: 2 }
		});
		await add(/^Events/, 'Placed');
		await choose(/what of it/, 'sum of');
		await choose(/sum of, property/, 'Total');
		await choose(/sum of Total, operator/, '>');
		await fill(/sum of Total, number/, { Number: '99.5' });
		await choose(/Placed order, operator: at any time/, 'in the last');
		await choose(/add a filter/, 'Currency');
		await add(/Currency, values/, 'Spring');
		expect(state.condition).toEqual({
			kind: 'aggregate',
			types: ['order_placed'],
			function: 'sum',
			property: 'total',
			of: 'number',
			test: { operator: 'moreThan', value: 99.5 },
			window: { operator: 'inLast', n: 30, unit: 'day' },
			where: [
				{ property: 'currency', of: 'text', test: { operator: 'isAnyOf', values: ['Spring'] } }
			]
		});
		expectSound(state.condition);

		await choose(/what of it/, 'average');
		expect(state.condition).toMatchObject({ test: { operator: 'moreThan', value: 99.5 } });
		await choose(/what of it/, 'number of different');
		expect(state.condition).toMatchObject({ test: { operator: 'atLeast', n: 2 } });
		expectSound(state.condition);
	});

	it('offers a sum nothing about there being a value', async () => {
		edit({
			kind: 'aggregate',
			types: ['visited'],
			function: 'max',
			property: 'on',
			of: 'date',
			test: { operator: 'inLast', n: 30, unit: 'day' }
		});
		const properties = await open(/latest, property/);
		const names = (await properties.findAllByRole('option')).map(({ textContent }) => textContent);
		expect(names.map((name) => name?.trim().split(' ')[0])).toEqual(['Guests', 'Booked']);
		await user.keyboard('{Escape}');
		await choose(/what of it/, 'sum of');
		await choose(/sum of, property/, 'Guests');
		const operators = await open(/sum of Guests, operator/);
		const labels = (await operators.findAllByRole('option')).map(({ textContent }) => textContent);
		expect(labels.some((label) => /has (a|no) value/.test(label!))).toBe(false);
	});
});

describe.each(['first', 'last'])('the %s event', (kind) => {
	it('is edited whole: of what, when, what it was like and among which', async () => {
		const state = edit({ kind, types: [], window: { operator: 'inLast', n: 30, unit: 'day' } });
		await add(/^Events/, 'Placed');
		await choose(/add a filter with/, 'Total');
		await fill(/Total, number/, { Number: '5' });
		await choose(/add a filter:/, 'Currency');
		await add(/Currency, values/, 'Winter');
		expect(state.condition).toEqual({
			kind,
			types: ['order_placed'],
			window: { operator: 'inLast', n: 30, unit: 'day' },
			has: [{ property: 'total', of: 'number', test: { operator: 'atLeast', value: 5 } }],
			where: [
				{ property: 'currency', of: 'text', test: { operator: 'isAnyOf', values: ['Winter'] } }
			]
		});
		expectSound(state.condition);
		await choose(new RegExp(`${kind} Placed order, operator`), 'at any time');
		expect(state.condition).not.toHaveProperty('window');
		expectSound(state.condition);
	});
});

it('an inactive condition is edited whole', async () => {
	const state = edit({
		kind: 'inactive',
		types: [],
		window: { operator: 'inLast', n: 90, unit: 'day' }
	});
	await add(/^Events/, 'Placed');
	const times = await open(/Placed order, operator/);
	const labels = (await times.findAllByRole('option')).map(({ textContent }) => textContent);
	expect(labels).toHaveLength(8);
	await user.keyboard('{Escape}');
	await fill(/length of time/, { 'How many': '6' });
	await choose(/add a filter/, 'Total');
	await fill(/Total, number/, { Number: '5' });
	expect(state.condition).toEqual({
		kind: 'inactive',
		types: ['order_placed'],
		window: { operator: 'inLast', n: 6, unit: 'day' },
		where: [{ property: 'total', of: 'number', test: { operator: 'atLeast', value: 5 } }]
	});
	expectSound(state.condition);
});

it('a regular habit is edited whole', async () => {
	const state = edit({
		kind: 'regularly',
		types: [],
		times: 1,
		period: { n: 1, unit: 'month' },
		of: 4,
		active: 3
	});
	await add(/^Events/, 'Placed');
	await fill(/how many times in each/, { 'At least': '2' });
	await fill(/in how many periods: at least 3 of the last 4 months/, {
		'In at least': '5',
		'Of the last': '8',
		'Periods of': '2'
	});
	expect(state.condition).toEqual({
		kind: 'regularly',
		types: ['order_placed'],
		times: 2,
		period: { n: 2, unit: 'month' },
		of: 8,
		active: 5
	});
	expectSound(state.condition);
});

describe('a sequence', () => {
	it('is edited whole: its steps, how soon, and what not in between', async () => {
		const state = edit({ kind: 'sequence', steps: [{ types: [] }, { types: [] }] });
		await add(/^Step 1:/, 'Viewed');
		await add(/^Step 2:/, 'Placed');
		await choose(/Step 2, Placed order, add a filter/, 'Total');
		await fill(/Total, number/, { Number: '5' });
		await fill(/Step 2.*how soon after/, { Within: '3' });
		const follows = await open(/Step 2.*how soon after: within 3 days/);
		await user.click(follows.getByLabelText('Something must not come in between'));
		await user.keyboard('{Escape}');
		await add(/^Between step 1 and step 2:/, 'Opened');
		await choose(/All steps, operator/, 'in the last');
		expect(state.condition).toEqual({
			kind: 'sequence',
			steps: [
				{ types: ['page_viewed'] },
				{
					types: ['order_placed'],
					where: [{ property: 'total', of: 'number', test: { operator: 'atLeast', value: 5 } }],
					within: { n: 3, unit: 'day' },
					without: { types: ['email_opened'] }
				}
			],
			window: { operator: 'inLast', n: 30, unit: 'day' }
		});
		expectSound(state.condition);
	});

	it('takes steps on, and away', async () => {
		const step = (type: string) => ({ types: [type], within: { n: 1, unit: 'day' } });
		const state = edit({
			kind: 'sequence',
			steps: [{ types: ['page_viewed'] }, step('cart_added')]
		});
		expect(screen.queryByRole('button', { name: /Step 1.*more/ })).toBeNull();
		await user.click(screen.getByRole('button', { name: '+ then' }));
		await add(/^Step 3:/, 'Placed');
		const more = await open(/Step 1.*more/);
		await user.click(more.getByRole('button', { name: 'Remove this step' }));
		expect(state.condition).toEqual({
			kind: 'sequence',
			steps: [{ types: ['cart_added'] }, { types: ['order_placed'] }]
		});
		expectSound(state.condition);
	});
});

describe('what became of emails', () => {
	it('is edited whole: what, of which, how often, when, where and by whom', async () => {
		const state = edit({
			kind: 'message',
			did: true,
			activity: 'opened',
			emails: { which: 'any' }
		});
		await choose(/what became of it: has opened/, 'has clicked in');
		await choose(/which emails/, 'an email of the campaigns');
		await add(/^Campaign, values/, 'Spring');
		await fill(/how many times/, { Number: '2' });
		await choose(/Clicked email, operator/, 'in the last');
		await choose(/Clicked email, link/, 'where the link');
		await fill(/^Link, text/, { Text: '/shop' });
		const who = await open(/by whom: by anyone/);
		await user.click(who.getByLabelText(/^Do not count machines/));
		await user.keyboard('{Escape}');
		expect(state.condition).toEqual({
			kind: 'message',
			did: true,
			activity: 'clicked',
			emails: { which: 'campaigns', campaigns: ['Spring'] },
			count: { operator: 'atLeast', n: 2 },
			window: { operator: 'inLast', n: 30, unit: 'day' },
			link: { operator: 'contains', value: '/shop' },
			excludeMachines: true
		});
		expectSound(state.condition);
		// What another activity has not goes with it.
		await choose(/what became of it/, 'has had no bounce of');
		expect(state.condition).toEqual({
			kind: 'message',
			did: false,
			activity: 'bounced',
			emails: { which: 'campaigns', campaigns: ['Spring'] },
			window: { operator: 'inLast', n: 30, unit: 'day' }
		});
		expectSound(state.condition);
	});

	it('of the last emails sent, also as the condition on events it comes to', async () => {
		const state = edit({
			kind: 'message',
			did: false,
			activity: 'opened',
			emails: { which: 'any' }
		});
		await choose(/which emails/, 'any of the emails last sent');
		await fill(/of how many sends: the last 5 emails sent/, { Emails: '10' });
		expect(state.condition).toMatchObject({ emails: { which: 'lastSends', n: 10 } });
		expectSound(state.condition);
		cleanup();
		const event = edit({ kind: 'event', types: ['email_opened'], did: true, lastSends: 10 });
		await fill(/of how many sends/, { Emails: '3' });
		expect(event.condition).toMatchObject({ lastSends: 3 });
		expectSound(event.condition);
		const sends = await open(/of how many sends/);
		await user.click(sends.getByRole('button', { name: 'any email' }));
		expect(event.condition).not.toHaveProperty('lastSends');
	});
});

it('orders are edited as each of what they can be about', async () => {
	const state = edit({ kind: 'purchase', about: 'ordered', did: true });
	await choose(/what of them/, 'total spend');
	await choose(/Total spend, operator/, '>');
	await fill(/Total spend, number/, { Number: '500' });
	await choose(/Orders, operator: at any time/, 'in the last');
	await choose(/Orders, add a filter/, 'Currency');
	await add(/Currency, values/, 'Winter');
	const where = [
		{ property: 'currency', of: 'text', test: { operator: 'isAnyOf', values: ['Winter'] } }
	];
	const window = { operator: 'inLast', n: 30, unit: 'day' };
	const common = { kind: 'purchase', where, window };
	expect(state.condition).toEqual({
		...common,
		about: 'spend',
		test: { operator: 'moreThan', value: 500 }
	});
	expectSound(state.condition);
	await choose(/what of them/, 'average order');
	expect(state.condition).toMatchObject({ test: { operator: 'moreThan', value: 500 } });
	await choose(/what of them/, 'has ordered so often');
	await fill(/Orders, how many/, { Number: '3' });
	expect(state.condition).toEqual({
		...common,
		about: 'orders',
		test: { operator: 'atLeast', n: 3 }
	});
	expectSound(state.condition);
	await choose(/what of them/, 'last order');
	await choose(/add a filter with/, 'Total');
	await fill(/Total, number/, { Number: '5' });
	expectSound(state.condition);
	await choose(/what of them/, 'has not ordered');
	expect(state.condition).toEqual({ ...common, about: 'ordered', did: false });
	await choose(/what of them/, 'has put something in a cart');
	expect(state.condition).toEqual({ kind: 'purchase', about: 'carted', window });
	expectSound(state.condition);
});

describe('engagement', () => {
	it('is edited as a rate of the last emails sent', async () => {
		const state = edit({
			kind: 'engagement',
			measure: 'openRate',
			sends: 10,
			test: { operator: 'atLeast' }
		});
		await fill(/of how many sends/, { Emails: '20' });
		await fill(/Open rate, number/, { Number: '25' });
		await choose(/what of it: open rate/, 'click rate');
		const who = await open(/by whom/);
		await user.click(who.getByLabelText(/^Do not count machines/));
		expect(state.condition).toEqual({
			kind: 'engagement',
			measure: 'clickRate',
			sends: 20,
			excludeMachines: true,
			test: { operator: 'atLeast', value: 25 }
		});
		expectSound(state.condition);
	});

	it('is edited as a group of buyers', async () => {
		const state = edit({ kind: 'engagement', measure: 'openRate', sends: 10, test: {} });
		await choose(/what of it/, 'is not in the buyer group');
		const recency = await open(/Buyer group, recency: recency 4–5/);
		await user.click(recency.getByLabelText('4'));
		await user.click(recency.getByLabelText('1, longest ago'));
		await user.keyboard('{Escape}');
		const monetary = await open(/Buyer group, monetary: any monetary/);
		await user.click(monetary.getByLabelText('5, spent most'));
		await user.keyboard('{Escape}');
		expect(state.condition).toEqual({
			kind: 'engagement',
			measure: 'rfm',
			is: false,
			recency: [1, 5],
			monetary: [5]
		});
		expectSound(state.condition);
		const again = await open(/Buyer group, recency: recency 1 or 5/);
		await user.click(again.getByRole('button', { name: 'any recency' }));
		expect(state.condition).not.toHaveProperty('recency');
		expectSound(state.condition);
		await choose(/what of it: is not in the buyer group/, 'is in the buyer group');
		expect(state.condition).toEqual({
			kind: 'engagement',
			measure: 'rfm',
			is: true,
			monetary: [5]
		});
	});

	it('is edited as the top of buyers', async () => {
		const state = edit({ kind: 'engagement', measure: 'openRate', sends: 10, test: {} });
		await choose(/what of it/, 'is in the top');
		expect(state.condition).toEqual({
			kind: 'engagement',
			measure: 'top',
			is: true,
			of: 'spend',
			percent: 10
		});
		expectSound(state.condition);
		await fill(/Top, percent: 10 %/, { 'Percent of all who ordered': '25' });
		await choose(/Top, by what: spend/, 'number of orders');
		await choose(/Top, orders, operator: at any time/, 'in the last');
		await choose(/what of it: is in the top/, 'is not in the top');
		expect(state.condition).toEqual({
			kind: 'engagement',
			measure: 'top',
			is: false,
			of: 'orders',
			percent: 25,
			window: { operator: 'inLast', n: 30, unit: 'day' }
		});
		expectSound(state.condition);
	});
});
