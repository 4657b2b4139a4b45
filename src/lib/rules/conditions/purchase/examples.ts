import type { Example } from '../example';
import type { PurchaseCondition } from './purchase';

const kind = 'purchase';
const days = (n: number) => ({ operator: 'inLast', n, unit: 'day' }) as const;
const chf = {
	property: 'currency',
	of: 'text' as const,
	test: { operator: 'is' as const, value: 'CHF' }
};

export const examples: Example<PurchaseCondition>[] = [
	{
		condition: { kind, about: 'ordered', did: true, window: days(7) },
		explains: 'has ordered in the last 7 days',
		members: ['ada']
	},
	{
		condition: { kind, about: 'ordered', did: false, where: [chf] },
		explains: 'has not ordered where Currency is CHF',
		members: ['bo', 'dee', 'eve']
	},
	{
		// Nobody here ever used a cart.
		condition: { kind, about: 'carted', window: days(7) },
		explains: 'has put something in a cart, and ordered nothing in the last 7 days',
		members: []
	},
	{
		condition: { kind, about: 'orders', test: { operator: 'fewerThan', n: 2 }, window: days(30) },
		explains: 'has ordered fewer than 2 times in the last 30 days',
		members: ['ada', 'bo', 'dee', 'eve']
	},
	{
		condition: { kind, about: 'spend', test: { operator: 'between', from: 0, to: 100 } },
		explains: 'total spend between 0 and 100',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: { kind, about: 'average', test: { operator: 'atLeast', value: 70 }, where: [chf] },
		explains: 'average order ≥ 70 where Currency is CHF',
		members: ['ada', 'cy']
	},
	{
		condition: { kind, about: 'first', window: days(30) },
		explains: 'first order was in the last 30 days',
		members: ['cy']
	},
	{
		condition: { kind, about: 'last', has: [chf], window: days(3) },
		explains: 'last order was in the last 3 days with Currency is CHF',
		members: ['ada']
	}
];
