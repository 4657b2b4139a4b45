import type { Example } from '../example';
import type { MessageCondition } from './message';

const opened = { kind: 'message', activity: 'opened', emails: { which: 'any' } } as const;

export const examples: Example<MessageCondition>[] = [
	{
		condition: { ...opened, did: true },
		explains: 'has opened an email',
		german: 'hat eine E-Mail geöffnet',
		members: ['ada', 'bo']
	},
	{
		condition: { ...opened, did: false },
		explains: 'has not opened any email',
		german: 'hat keine E-Mail geöffnet',
		members: ['cy', 'dee', 'eve']
	},
	{
		condition: { ...opened, did: true, excludeMachines: true },
		explains: 'has opened an email, not counting machines',
		german: 'hat eine E-Mail geöffnet, Maschinen nicht mitgezählt',
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
		german: 'hat in diesem Jahr mindestens 1-mal die E-Mail WINTER oder Autumn geöffnet',
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
		german: 'hat in keiner E-Mail geklickt, wobei Link „/shop“ enthält',
		members: ['ada', 'bo', 'cy', 'dee', 'eve']
	},
	{
		condition: { ...opened, did: true, emails: { which: 'lastSends', n: 3 } },
		explains: 'has opened any of the last 3 emails sent',
		german: 'hat eine der letzten 3 gesendeten E-Mails geöffnet',
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
		german: 'hat die letzte gesendete E-Mail nicht gesendet bekommen',
		members: ['ada', 'bo', 'cy', 'dee', 'eve']
	}
];
