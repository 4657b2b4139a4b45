import type { Bought } from './known';
import { all, inLast, type Template } from './template';

const group = 'Buyers';

const purchase = (about: string, more: object = {}) => ({ kind: 'purchase', about, ...more });

const bought = ({ property, of }: Bought, value: string | undefined, did: boolean) => {
	const test =
		of === 'multiselect'
			? { operator: 'includesAny', values: value === undefined ? [] : [value] }
			: { operator: 'is', ...(value === undefined ? {} : { value }) };
	return purchase('ordered', { did, where: [{ property, of, test }] });
};

export const buyerTemplates: readonly Template[] = [
	{
		id: 'first-order-30',
		name: 'First order in 30 days',
		description: 'Ordered for the first time in the last 30 days.',
		group,
		needs: ['orders'],
		rule: () => all(purchase('first', { window: inLast(30) }))
	},
	{
		id: 'repeat-buyers',
		name: 'Repeat buyers',
		description: 'Ordered twice or more.',
		group,
		needs: ['orders'],
		rule: () => all(purchase('orders', { test: { operator: 'atLeast', n: 2 } }))
	},
	{
		id: 'vip',
		name: 'VIP',
		description: 'The tenth of all buyers who spent the most.',
		group,
		needs: ['totals'],
		rule: () => all({ kind: 'engagement', measure: 'top', is: true, of: 'spend', percent: 10 })
	},
	{
		id: 'lapsed-buyers',
		name: 'Lapsed buyers',
		description: 'Ordered 6 to 12 months ago, and not since.',
		group,
		needs: ['orders'],
		rule: () =>
			all(purchase('last', { window: { operator: 'betweenAgo', near: 6, far: 12, unit: 'month' } }))
	},
	{
		id: 'carted-not-ordered-7',
		name: 'Carted, not ordered',
		description: 'Put something into a cart in the last 7 days, and did not order in them.',
		group,
		needs: ['carts'],
		rule: () => all(purchase('carted', { window: inLast(7) }))
	},
	{
		id: 'high-average-order',
		name: 'High average order',
		description: 'Spends more in an average order than four in five buyers.',
		group,
		needs: ['totals'],
		question: 'How much is high?',
		rule: ({ highOrder }) =>
			all(
				purchase('average', {
					test: { operator: 'atLeast', ...(highOrder === undefined ? {} : { value: highOrder }) }
				})
			)
	},
	{
		id: 'bought-a-not-b',
		name: 'Bought A, not B',
		description: 'Bought one thing and never another.',
		group,
		needs: ['products'],
		question: 'Which two things?',
		rule({ bought: property = { property: '', of: 'text' }, bestSelling: [a, b] }) {
			return all(bought(property, a, true), bought(property, b, false));
		}
	}
];
