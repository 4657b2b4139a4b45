import type { Example } from '../example';
import type { ListCondition } from './list';

const list = (test: ListCondition['test']): ListCondition => ({ kind: 'list', test });

export const examples: Example<ListCondition>[] = [
	{
		condition: list({ operator: 'inAny', lists: ['l-news', 'l-shop'] }),
		explains: 'is in list Newsletter or Shop',
		german: 'ist in der Liste Newsletter oder Shop',
		members: ['ada', 'bo']
	},
	{
		condition: list({ operator: 'inAll', lists: ['l-news', 'l-shop'] }),
		explains: 'is in list Newsletter and Shop',
		german: 'ist in den Listen Newsletter und Shop',
		members: ['ada']
	},
	{
		condition: list({ operator: 'inNone', lists: ['l-shop'] }),
		explains: 'is not in list Shop',
		german: 'ist nicht in der Liste Shop',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: list({ operator: 'inNoList' }),
		explains: 'is in no list',
		german: 'ist in keiner Liste',
		members: ['cy', 'dee', 'eve']
	},
	{
		condition: list({
			operator: 'joined',
			lists: ['l-news', 'l-shop'],
			window: { operator: 'inLast', n: 7, unit: 'day' }
		}),
		explains: 'joined list Newsletter or Shop in the last 7 days',
		german: 'ist in den letzten 7 Tagen der Liste Newsletter oder Shop beigetreten',
		members: ['ada']
	}
];
