import type { Example } from '../example';
import type { MembershipCondition } from './membership';

const swiss = { kind: 'membership', segment: 's-swiss', did: true } as const;

/**
 * ada entered on 1 June; bo entered in 2023 and left seven days ago to the millisecond; cy enters in a millisecond; dee was
 * in it on 10 June, and when she entered is not known.
 */
export const examples: Example<MembershipCondition>[] = [
	{
		condition: { ...swiss, move: 'entered' },
		explains: 'has entered segment Swiss',
		german: 'ist in das Segment Swiss eingetreten',
		members: ['ada', 'bo', 'dee']
	},
	{
		condition: { ...swiss, did: false, move: 'entered' },
		explains: 'has not entered segment Swiss',
		german: 'ist nicht in das Segment Swiss eingetreten',
		members: ['cy', 'eve']
	},
	{
		condition: { ...swiss, move: 'left' },
		explains: 'has left segment Swiss',
		german: 'hat das Segment Swiss verlassen',
		members: ['bo']
	},
	{
		condition: { ...swiss, move: 'left', window: { operator: 'inLast', n: 7, unit: 'day' } },
		explains: 'has left segment Swiss in the last 7 days',
		german: 'hat in den letzten 7 Tagen das Segment Swiss verlassen',
		members: ['bo']
	},
	{
		condition: { ...swiss, move: 'entered', window: { operator: 'inLast', n: 30, unit: 'day' } },
		explains: 'has entered segment Swiss in the last 30 days',
		german: 'ist in den letzten 30 Tagen in das Segment Swiss eingetreten',
		members: ['ada']
	},
	{
		condition: { ...swiss, move: 'entered', window: { operator: 'before', value: '2024-06-11' } },
		explains: 'has entered segment Swiss before 11 Jun 2024',
		german: 'ist vor dem 11. Juni 2024 in das Segment Swiss eingetreten',
		members: ['ada', 'bo', 'dee']
	},
	{
		condition: { ...swiss, move: 'entered', window: { operator: 'before', value: '2024-06-09' } },
		explains: 'has entered segment Swiss before 9 Jun 2024',
		german: 'ist vor dem 9. Juni 2024 in das Segment Swiss eingetreten',
		members: ['ada', 'bo']
	},
	{
		condition: {
			...swiss,
			move: 'entered',
			window: { operator: 'onOrAfter', value: '2024-06-02' }
		},
		explains: 'has entered segment Swiss on or after 2 Jun 2024',
		german: 'ist ab dem 2. Juni 2024 in das Segment Swiss eingetreten',
		members: ['cy']
	},
	{
		condition: { ...swiss, move: 'entered', window: { operator: 'inNext', n: 1, unit: 'day' } },
		explains: 'has entered segment Swiss in the next day',
		german: 'ist innerhalb des nächsten Tages in das Segment Swiss eingetreten',
		members: ['cy']
	}
];
