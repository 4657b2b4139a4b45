import type { Example } from '../example';
import type { RegularlyCondition } from './regularly';

const ordered: Pick<RegularlyCondition, 'kind' | 'types' | 'times'> = {
	kind: 'regularly',
	types: ['order_placed'],
	times: 1
};

export const examples: Example<RegularlyCondition>[] = [
	{
		// ada in this month's period and three before; cy twice in one; bo in the future.
		condition: { ...ordered, period: { n: 1, unit: 'month' }, of: 4, active: 2 },
		explains: 'has done Placed order in at least 2 of the last 4 months',
		german: 'hat in mindestens 2 der letzten 4 Monate bestellt',
		members: ['ada']
	},
	{
		condition: { ...ordered, period: { n: 1, unit: 'month' }, of: 3, active: 1 },
		explains: 'has done Placed order in at least 1 of the last 3 months',
		german: 'hat in mindestens 1 der letzten 3 Monate bestellt',
		members: ['ada', 'cy']
	},
	{
		condition: { ...ordered, times: 2, period: { n: 2, unit: 'week' }, of: 1, active: 1 },
		explains: 'has done Placed order at least 2 times in the last 2 weeks',
		german: 'hat in den letzten 2 Wochen mindestens 2-mal bestellt',
		members: []
	},
	{
		// Two weeks ago to the minute is in the period before.
		condition: { ...ordered, times: 2, period: { n: 15, unit: 'day' }, of: 2, active: 1 },
		explains:
			'has done Placed order at least 2 times in at least 1 of the last 2 periods of 15 days',
		german: 'hat in mindestens 1 der letzten 2 Zeiträume von 15 Tagen mindestens 2-mal bestellt',
		members: ['cy']
	},
	{
		condition: { ...ordered, period: { n: 1, unit: 'day' }, of: 15, active: 2 },
		explains: 'has done Placed order in at least 2 of the last 15 days',
		german: 'hat in mindestens 2 der letzten 15 Tage bestellt',
		members: ['cy']
	},
	{
		condition: {
			...ordered,
			period: { n: 1, unit: 'year' },
			of: 1,
			active: 1,
			where: [{ property: 'currency', of: 'text', test: { operator: 'is', value: 'eur' } }]
		},
		explains: 'has done Placed order in the last year where Currency is eur',
		german: 'hat innerhalb des letzten Jahres bestellt, mit Währung eur',
		members: ['ada']
	}
];
