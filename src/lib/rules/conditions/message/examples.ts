import type { Example } from '../example';
import type { MessageCondition } from './message';

const opened = { kind: 'message', activity: 'opened', emails: { which: 'any' } } as const;

export const examples: Example<MessageCondition>[] = [
	{
		condition: { ...opened, did: true },
		explains: 'has opened an email',
		members: ['ada', 'bo']
	},
	{
		condition: { ...opened, did: false },
		explains: 'has not opened any email',
		members: ['cy', 'dee', 'eve']
	},
	{
		condition: { ...opened, did: true, excludeMachines: true },
		explains: 'has opened an email, not counting machines',
		members: ['ada']
	},
	{
		condition: {
			...opened,
			did: true,
			emails: { which: 'campaigns', campaigns: ['WINTER', 'Autumn'] },
			count: { operator: 'atLeast', n: 1 },
			window: { operator: 'inPeriod', period: 'thisYear' }
		},
		explains: 'has opened the email WINTER or Autumn at least 1 time this year',
		members: ['bo']
	},
	{
		condition: {
			kind: 'message',
			activity: 'clicked',
			emails: { which: 'any' },
			did: false,
			link: { operator: 'contains', value: '/shop' }
		},
		explains: 'has not clicked in any email where Link contains “/shop”',
		members: ['ada', 'bo', 'cy', 'dee', 'eve']
	},
	{
		condition: { ...opened, did: true, emails: { which: 'lastSends', n: 3 } },
		explains: 'has opened any of the last 3 emails sent',
		members: []
	},
	{
		condition: {
			kind: 'message',
			activity: 'sent',
			emails: { which: 'lastSends', n: 1 },
			did: false
		},
		explains: 'has not been sent the last email sent',
		members: ['ada', 'bo', 'cy', 'dee', 'eve']
	}
];
