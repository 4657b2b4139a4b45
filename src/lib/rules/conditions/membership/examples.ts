import type { Example } from '../example';
import type { MembershipCondition } from './membership';

const swiss = { kind: 'membership', segment: 's-swiss', did: true } as const;

/** ada entered on 1 June; bo entered in 2023 and left seven days ago to the millisecond; cy enters in a millisecond. */
export const examples: Example<MembershipCondition>[] = [
	{
		condition: { ...swiss, move: 'entered' },
		explains: 'has entered segment Swiss',
		german: 'ist in das Segment Swiss eingetreten',
		members: ['ada', 'bo']
	},
	{
		condition: { ...swiss, did: false, move: 'entered' },
		explains: 'has not entered segment Swiss',
		german: 'ist nicht in das Segment Swiss eingetreten',
		members: ['cy', 'dee', 'eve']
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
		condition: { ...swiss, move: 'entered', window: { operator: 'inNext', n: 1, unit: 'day' } },
		explains: 'has entered segment Swiss in the next day',
		german: 'ist innerhalb des nächsten Tages in das Segment Swiss eingetreten',
		members: ['cy']
	}
];
