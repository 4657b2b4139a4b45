import type { Example } from '../example';
import type { InactiveCondition } from './inactive';

const ordered: Pick<InactiveCondition, 'kind' | 'types'> = {
	kind: 'inactive',
	types: ['order_placed']
};

export const examples: Example<InactiveCondition>[] = [
	{
		// bo's order is not done yet: there is none before, and none in the last week.
		condition: { ...ordered, window: { operator: 'inLast', n: 7, unit: 'day' } },
		explains: 'has done Placed order before, but not in the last 7 days',
		german: 'hat früher bestellt, aber in den letzten 7 Tagen nicht mehr',
		members: ['cy']
	},
	{
		condition: { ...ordered, window: { operator: 'inPeriod', period: 'thisQuarter' } },
		explains: 'has done Placed order before, but not this quarter',
		german: 'hat früher bestellt, aber in diesem Quartal nicht mehr',
		members: []
	},
	{
		condition: { ...ordered, window: { operator: 'inLastCalendar', n: 2, unit: 'week' } },
		explains: 'has done Placed order before, but not in the last 2 calendar weeks',
		german: 'hat früher bestellt, aber in den letzten 2 Kalenderwochen nicht mehr',
		members: ['cy']
	},
	{
		// Only ada ordered before April; only bo did not before June, and the others since.
		condition: {
			...ordered,
			window: { operator: 'between', from: '2024-04-01', to: '2024-05-31' }
		},
		explains: 'has done Placed order before, but not between 1 Apr 2024 and 31 May 2024',
		german: 'hat früher bestellt, aber zwischen dem 1. Apr. 2024 und dem 31. Mai 2024 nicht mehr',
		members: ['ada']
	},
	{
		condition: { ...ordered, window: { operator: 'on', day: '2024-06-02' } },
		explains: 'has done Placed order before, but not on 2 Jun 2024',
		german: 'hat früher bestellt, aber am 2. Juni 2024 nicht mehr',
		members: ['ada']
	},
	{
		condition: { ...ordered, window: { operator: 'onOrAfter', value: '2024-06-03' } },
		explains: 'has done Placed order before, but not on or after 3 Jun 2024',
		german: 'hat früher bestellt, aber ab dem 3. Juni 2024 nicht mehr',
		members: ['cy']
	},
	{
		condition: { ...ordered, window: { operator: 'after', value: '2024-06-02' } },
		explains: 'has done Placed order before, but not after 2 Jun 2024',
		german: 'hat früher bestellt, aber nach dem 2. Juni 2024 nicht mehr',
		members: ['cy']
	},
	{
		condition: {
			...ordered,
			window: { operator: 'betweenAgo', near: 2, far: 30, unit: 'day' }
		},
		explains: 'has done Placed order before, but not between 2 and 30 days ago',
		german: 'hat früher bestellt, aber vor 2 bis 30 Tagen nicht mehr',
		members: ['ada']
	},
	{
		condition: {
			...ordered,
			where: [{ property: 'currency', of: 'text', test: { operator: 'isNot', value: 'CHF' } }],
			window: { operator: 'inLast', n: 1, unit: 'month' }
		},
		explains: 'has done Placed order before, but not in the last month where Currency is not CHF',
		german:
			'hat früher bestellt, aber innerhalb des letzten Monats nicht mehr, wobei Währung nicht CHF ist',
		members: ['ada']
	}
];
