import type { Example } from '../example';
import type { AnniversaryCondition } from './anniversary';

const birthday = (test: AnniversaryCondition['test']): AnniversaryCondition => ({
	kind: 'anniversary',
	field: 'birthday',
	of: 'date',
	test
});
const seen = (test: AnniversaryCondition['test']): AnniversaryCondition => ({
	kind: 'anniversary',
	field: 'seen',
	of: 'datetime',
	test
});

/** Today is 15 June 2024, a leap year: ada was born on 15 June, bo on 21 June of some year, cy on 29 February. */
export const examples: Example<AnniversaryCondition>[] = [
	{
		condition: birthday({ operator: 'today' }),
		explains: 'Birthday comes round today',
		german: 'Birthday jährt sich heute',
		members: ['ada']
	},
	{
		// Today is the first of the seven: the 21st is the last.
		condition: birthday({ operator: 'inNext', days: 7 }),
		explains: 'Birthday comes round in the next 7 days',
		german: 'Birthday jährt sich in den nächsten 7 Tagen',
		members: ['ada', 'bo']
	},
	{
		condition: birthday({ operator: 'inNext', days: 6 }),
		explains: 'Birthday comes round in the next 6 days',
		german: 'Birthday jährt sich in den nächsten 6 Tagen',
		members: ['ada']
	},
	{
		// Back to 29 February: 108 days with today.
		condition: birthday({ operator: 'inLast', days: 108 }),
		explains: 'Birthday came round in the last 108 days',
		german: 'Birthday jährte sich in den letzten 108 Tagen',
		members: ['ada', 'cy']
	},
	{
		condition: birthday({ operator: 'inLast', days: 107 }),
		explains: 'Birthday came round in the last 107 days',
		german: 'Birthday jährte sich in den letzten 107 Tagen',
		members: ['ada']
	},
	{
		// A whole year: everybody who has a day.
		condition: birthday({ operator: 'inNext', days: 366 }),
		explains: 'Birthday comes round in the next 366 days',
		german: 'Birthday jährt sich in den nächsten 366 Tagen',
		members: ['ada', 'bo', 'cy']
	},
	{
		condition: birthday({ operator: 'inNext', days: 1 }),
		explains: 'Birthday comes round in the next day',
		german: 'Birthday jährt sich innerhalb des nächsten Tages',
		members: ['ada']
	},
	{
		condition: birthday({ operator: 'inPeriod', period: 'nextWeek' }),
		explains: 'Birthday comes round next week',
		german: 'Birthday jährt sich in der nächsten Woche',
		members: ['bo']
	},
	{
		condition: birthday({ operator: 'monthIs', months: [2, 3] }),
		explains: 'Birthday comes round in February or March',
		german: 'Birthday jährt sich im Februar oder März',
		members: ['cy']
	},
	{
		condition: birthday({ operator: 'monthIs', months: [3] }),
		explains: 'Birthday comes round in March',
		german: 'Birthday jährt sich im März',
		members: []
	},
	{
		condition: birthday({ operator: 'onDay', day: '--02-29' }),
		explains: 'Birthday comes round on 29 February',
		german: 'Birthday jährt sich am 29. Februar',
		members: ['cy']
	},
	{
		condition: birthday({ operator: 'onDay', day: '--03-01' }),
		explains: 'Birthday comes round on 1 March',
		german: 'Birthday jährt sich am 1. März',
		members: []
	},
	{
		// In Zurich; dee's is a day and no instant.
		condition: seen({ operator: 'today' }),
		explains: 'Last seen comes round today',
		german: 'Last seen jährt sich heute',
		members: ['ada']
	},
	{
		condition: seen({ operator: 'inNext', days: 2 }),
		explains: 'Last seen comes round in the next 2 days',
		german: 'Last seen jährt sich in den nächsten 2 Tagen',
		members: ['ada', 'cy']
	}
];
