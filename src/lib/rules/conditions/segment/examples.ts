import type { Example } from '../example';
import type { SegmentCondition } from './segment';

export const examples: Example<SegmentCondition>[] = [
	{
		condition: { kind: 'segment', segment: 's-swiss', in: true },
		explains: 'is in segment Swiss',
		members: ['ada', 'cy']
	},
	{
		condition: { kind: 'segment', segment: 's-swiss', in: false },
		explains: 'is not in segment Swiss',
		members: ['bo', 'dee', 'eve']
	}
];
