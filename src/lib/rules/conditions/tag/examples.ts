import type { Example } from '../example';
import type { TagCondition } from './tag';

const tag = (test: TagCondition['test']): TagCondition => ({ kind: 'tag', test });

export const examples: Example<TagCondition>[] = [
	{
		condition: tag({ operator: 'anyOf', tags: ['t-vip', 't-old'] }),
		explains: 'is tagged vip or old',
		german: 'ist mit vip oder old getaggt',
		members: ['ada', 'bo', 'dee']
	},
	{
		condition: tag({ operator: 'allOf', tags: ['t-vip', 't-new', 't-vip'] }),
		explains: 'is tagged vip, new and vip',
		german: 'ist mit vip, new und vip getaggt',
		members: ['ada']
	},
	{
		condition: tag({ operator: 'noneOf', tags: ['t-vip'] }),
		explains: 'is not tagged vip',
		german: 'ist nicht mit vip getaggt',
		members: ['bo', 'cy', 'eve']
	},
	{
		condition: tag({ operator: 'hasAny' }),
		explains: 'has any tag',
		german: 'hat mindestens einen Tag',
		members: ['ada', 'bo', 'dee']
	},
	{
		condition: tag({ operator: 'hasNone' }),
		explains: 'has no tag',
		german: 'hat keinen Tag',
		members: ['cy', 'eve']
	},
	{
		condition: tag({ operator: 'count', count: { operator: 'exactly', n: 1 } }),
		explains: 'has exactly 1 tag',
		german: 'hat genau 1 Tag',
		members: ['bo', 'dee']
	},
	{
		// No tags are 0 tags.
		condition: tag({ operator: 'count', count: { operator: 'between', from: 0, to: 1 } }),
		explains: 'has between 0 and 1 tag',
		german: 'hat zwischen 0 und 1 Tag',
		members: ['bo', 'cy', 'dee', 'eve']
	}
];
