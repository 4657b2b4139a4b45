import type { z } from 'zod/mini';
import type { Example } from '../example';
import type { last } from './last';

const ordered: Pick<z.infer<(typeof last)['schema']>, 'kind' | 'types'> = {
	kind: 'last',
	types: ['order_placed']
};

export const examples: Example<z.infer<(typeof last)['schema']>>[] = [
	{
		condition: { ...ordered, window: { operator: 'moreThanAgo', n: 7, unit: 'day' } },
		explains: 'last Placed order was more than 7 days ago',
		german: 'hat vor mehr als 7 Tagen zum letzten Mal bestellt',
		members: ['cy']
	},
	{
		condition: {
			...ordered,
			has: [{ property: 'currency', of: 'text', test: { operator: 'is', value: 'chf' } }]
		},
		explains: 'last Placed order was with Currency is chf',
		german: 'hat zum letzten Mal bestellt, und zwar mit Währung chf',
		members: ['ada', 'cy']
	},
	{
		// Without the one in CHF, ada's last is that of March.
		condition: {
			...ordered,
			where: [{ property: 'currency', of: 'text', test: { operator: 'isNot', value: 'CHF' } }],
			window: { operator: 'inPeriod', period: 'thisQuarter' }
		},
		explains: 'last Placed order was this quarter where Currency is not CHF',
		german:
			'hat in diesem Quartal zum letzten Mal bestellt, gezählt nur, wenn Währung nicht CHF ist',
		members: ['cy']
	},
	{
		// Now is not the future yet.
		condition: {
			kind: 'last',
			types: ['email_opened'],
			window: { operator: 'inLast', n: 1, unit: 'minute' },
			has: [{ property: 'machine', of: 'boolean', test: { operator: 'isFalse' } }]
		},
		explains: 'last Opened email was in the last minute with By a machine is false',
		german:
			'hat innerhalb der letzten Minute zum letzten Mal eine E-Mail geöffnet, und zwar so, dass Maschinell falsch ist',
		members: ['ada']
	}
];
