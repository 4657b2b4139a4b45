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
		german: 'hat in den letzten 7 Tagen bestellt',
		members: ['ada']
	},
	{
		condition: { kind, about: 'ordered', did: false, where: [chf] },
		explains: 'has not ordered where Currency is CHF',
		german: 'hat nicht bestellt, mit Währung CHF',
		members: ['bo', 'dee', 'eve']
	},
	{
		// Nobody here ever used a cart.
		condition: { kind, about: 'carted', window: days(7) },
		explains: 'has put something in a cart, and ordered nothing in the last 7 days',
		german: 'hat in den letzten 7 Tagen etwas in den Warenkorb gelegt, aber nichts bestellt',
		members: []
	},
	{
		condition: { kind, about: 'orders', test: { operator: 'fewerThan', n: 2 }, window: days(30) },
		explains: 'has ordered fewer than 2 times in the last 30 days',
		german: 'hat in den letzten 30 Tagen weniger als 2-mal bestellt',
		members: ['ada', 'bo', 'dee', 'eve']
	},
	{
		condition: { kind, about: 'spend', test: { operator: 'between', from: 0, to: 100 } },
		explains: 'total spend between 0 and 100',
		german: 'Gesamtumsatz liegt zwischen 0 und 100',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: { kind, about: 'average', test: { operator: 'atLeast', value: 70 }, where: [chf] },
		explains: 'average order ≥ 70 where Currency is CHF',
		german: 'durchschnittlicher Bestellwert beträgt mindestens 70, mit Währung CHF',
		members: ['ada', 'cy']
	},
	{
		condition: { kind, about: 'first', window: days(30) },
		explains: 'first order was in the last 30 days',
		german: 'erste Bestellung war in den letzten 30 Tagen',
		members: ['cy']
	},
	{
		condition: { kind, about: 'last', has: [chf], window: days(3) },
		explains: 'last order was in the last 3 days with Currency is CHF',
		german: 'letzte Bestellung war in den letzten 3 Tagen, und zwar mit Währung CHF',
		members: ['ada']
	}
];
