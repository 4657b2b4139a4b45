import type { z } from 'zod/mini';
import type { Example } from '../example';
import type { first } from './first';

const ordered: Pick<z.infer<(typeof first)['schema']>, 'kind' | 'types'> = {
	kind: 'first',
	types: ['order_placed']
};
const days = (n: number) => ({ operator: 'inLast', n, unit: 'day' }) as const;

export const examples: Example<z.infer<(typeof first)['schema']>>[] = [
	{
		// ada's first was in March; bo's is in the future.
		condition: { ...ordered, window: days(30) },
		explains: 'first Placed order was in the last 30 days',
		german: 'hat in den letzten 30 Tagen zum ersten Mal bestellt',
		members: ['cy']
	},
	{
		condition: {
			...ordered,
			has: [{ property: 'total', of: 'number', test: { operator: 'lessThan', value: 50 } }]
		},
		explains: 'first Placed order was with Total < 50',
		german: 'hat zum ersten Mal bestellt, und zwar mit Gesamtbetrag unter 50',
		members: ['ada']
	},
	{
		// cy's first order has no total.
		condition: {
			...ordered,
			has: [{ property: 'total', of: 'number', test: { operator: 'hasNoValue' } }]
		},
		explains: 'first Placed order was with Total has no value',
		german: 'hat zum ersten Mal bestellt, und zwar so, dass Gesamtbetrag keinen Wert hat',
		members: ['cy']
	},
	{
		// The first of those with a total: for ada and cy another one than the first of all.
		condition: {
			...ordered,
			where: [{ property: 'total', of: 'number', test: { operator: 'atLeast', value: 50 } }],
			has: [{ property: 'currency', of: 'text', test: { operator: 'is', value: 'CHF' } }],
			window: days(14)
		},
		explains: 'first Placed order was in the last 14 days with Currency is CHF where Total ≥ 50',
		german:
			'hat in den letzten 14 Tagen zum ersten Mal bestellt, und zwar mit Währung CHF, gezählt nur mit Gesamtbetrag ab 50',
		members: ['ada', 'cy']
	},
	{
		condition: { ...ordered, window: { operator: 'inNext', n: 1, unit: 'day' } },
		explains: 'first Placed order was in the next day',
		german: 'hat innerhalb des nächsten Tages zum ersten Mal bestellt',
		members: []
	},
	{
		condition: {
			kind: 'first',
			types: ['email_opened', 'order_placed'],
			window: { operator: 'on', day: '2024-01-15' }
		},
		explains: 'first Opened email or Placed order was on 15 Jan 2024',
		german: 'hat am 15. Jan. 2024 zum ersten Mal eine E-Mail geöffnet oder bestellt',
		members: ['bo']
	}
];
