import type { Example } from '../example';
import type { EveryoneCondition } from './everyone';

export const examples: Example<EveryoneCondition>[] = [
	{
		condition: { kind: 'everyone' },
		explains: 'everyone',
		german: 'alle',
		members: ['ada', 'bo', 'cy', 'dee', 'eve']
	}
];
