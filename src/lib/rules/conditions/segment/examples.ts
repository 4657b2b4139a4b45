import type { Example } from '../example';
import type { SegmentCondition } from './segment';

export const examples: Example<SegmentCondition>[] = [
	{
		condition: { kind: 'segment', segment: 's-swiss', in: true },
		explains: 'is in segment Swiss',
		german: 'ist im Segment Swiss',
		members: ['ada', 'cy']
	},
	{
		condition: { kind: 'segment', segment: 's-swiss', in: false },
		explains: 'is not in segment Swiss',
		german: 'ist nicht im Segment Swiss',
		members: ['bo', 'dee', 'eve']
	}
];
