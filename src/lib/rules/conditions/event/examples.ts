import type { Example } from '../example';
import type { EventCondition } from './event';

const ordered: Pick<EventCondition, 'kind' | 'types'> = { kind: 'event', types: ['order_placed'] };
const days = (n: number) => ({ operator: 'inLast', n, unit: 'day' }) as const;

export const examples: Example<EventCondition>[] = [
	{
		// bo's order is a millisecond in the future.
		condition: { ...ordered, did: true },
		explains: 'has done Placed order',
		german: 'hat bestellt',
		members: ['ada', 'cy']
	},
	{
		condition: { ...ordered, did: false },
		explains: 'has not done Placed order',
		german: 'hat nicht bestellt',
		members: ['bo', 'dee', 'eve']
	},
	{
		condition: { ...ordered, did: true, window: days(7) },
		explains: 'has done Placed order in the last 7 days',
		german: 'hat in den letzten 7 Tagen bestellt',
		members: ['ada']
	},
	{
		condition: {
			...ordered,
			did: true,
			window: { operator: 'inNext', n: 1, unit: 'day' }
		},
		explains: 'has done Placed order in the next day',
		german: 'hat innerhalb des nächsten Tages bestellt',
		members: ['bo']
	},
	{
		condition: {
			...ordered,
			did: true,
			count: { operator: 'atLeast', n: 2 }
		},
		explains: 'has done Placed order at least 2 times',
		german: 'hat mindestens 2-mal bestellt',
		members: ['ada', 'cy']
	},
	{
		condition: {
			...ordered,
			did: true,
			count: { operator: 'atMost', n: 1 },
			window: days(30)
		},
		explains: 'has done Placed order at most 1 time in the last 30 days',
		german: 'hat in den letzten 30 Tagen höchstens 1-mal bestellt',
		members: ['ada', 'bo', 'dee', 'eve']
	},
	{
		condition: {
			...ordered,
			did: true,
			count: { operator: 'fewerThan', n: 1 }
		},
		explains: 'has done Placed order fewer than 1 time',
		german: 'hat weniger als 1-mal bestellt',
		members: ['bo', 'dee', 'eve']
	},
	{
		condition: {
			...ordered,
			did: true,
			where: [{ property: 'total', of: 'number', test: { operator: 'moreThan', value: 50 } }]
		},
		explains: 'has done Placed order where Total > 50',
		german: 'hat bestellt, mit Gesamtbetrag über 50',
		members: ['ada', 'cy']
	},
	{
		// cy's first order has no total: not being between includes it.
		condition: {
			...ordered,
			did: true,
			where: [
				{ property: 'total', of: 'number', test: { operator: 'notBetween', from: 10, to: 200 } }
			]
		},
		explains: 'has done Placed order where Total not between 10 and 200',
		german: 'hat bestellt, wobei Gesamtbetrag nicht zwischen 10 und 200 liegt',
		members: ['cy']
	},
	{
		// Both hold for the same order: ada's order in CHF was of 120.
		condition: {
			...ordered,
			did: true,
			where: [
				{ property: 'currency', of: 'text', test: { operator: 'is', value: 'CHF' } },
				{ property: 'total', of: 'number', test: { operator: 'lessThan', value: 100 } }
			]
		},
		explains: 'has done Placed order where Currency is CHF and Total < 100',
		german: 'hat bestellt, mit Währung CHF und Gesamtbetrag unter 100',
		members: ['cy']
	},
	{
		condition: {
			kind: 'event',
			types: ['email_opened'],
			did: true,
			where: [
				{ property: 'campaign', of: 'text', test: { operator: 'startsWith', value: 'w' } },
				{ property: 'machine', of: 'boolean', test: { operator: 'isTrue' } }
			]
		},
		explains: 'has done Opened email where Campaign starts with “w” and By a machine is true',
		german: 'hat eine E-Mail geöffnet, wobei Kampagne mit „w“ beginnt und Maschinell wahr ist',
		members: ['bo']
	},
	{
		condition: { kind: 'event', types: ['order_placed', 'email_opened'], did: true },
		explains: 'has done Placed order or Opened email',
		german: 'hat bestellt oder eine E-Mail geöffnet',
		members: ['ada', 'bo', 'cy']
	},
	{
		condition: {
			kind: 'event',
			types: ['visited'],
			did: true,
			where: [
				{ property: 'guests', of: 'number', test: { operator: 'equals', value: 2 } },
				{ property: 'on', of: 'date', test: { operator: 'on', day: '2024-05-01' } },
				{
					property: 'likes',
					of: 'multiselect',
					test: { operator: 'includesAny', values: ['music'] }
				}
			]
		},
		explains:
			'has done Visited shop where Guests = 2 and Booked on on 1 May 2024 and Likes includes music',
		german:
			'hat Visited shop ausgelöst, wobei Guests 2 beträgt und Booked on am 1. Mai 2024 ist und Likes music enthält',
		members: ['ada']
	},
	{
		// Nothing was ever sent to anybody here.
		condition: { kind: 'event', types: ['email_opened'], did: true, lastSends: 5 },
		explains: 'has done Opened email of the last 5 emails sent',
		german: 'hat zu den letzten 5 gesendeten E-Mails eine E-Mail geöffnet',
		members: []
	},
	{
		// Both hold for the same item: ada's B is the one above 50, and her A is not.
		condition: {
			...ordered,
			did: true,
			where: [
				{
					property: 'items',
					of: 'json',
					test: {
						operator: 'anyItem',
						where: [
							{ path: 'sku', of: 'text', test: { operator: 'is', value: 'A' } },
							{ path: 'price', of: 'number', test: { operator: 'moreThan', value: 50 } }
						]
					}
				}
			]
		},
		explains: 'has done Placed order where Items has any item where sku is A and price > 50',
		german:
			'hat bestellt, wobei Artikel einen Eintrag hat, bei dem sku A ist und price über 50 liegt',
		members: ['cy']
	},
	{
		condition: {
			...ordered,
			did: true,
			where: [
				{
					property: 'items',
					path: '0.category',
					of: 'text',
					test: { operator: 'is', value: 'books' }
				}
			]
		},
		explains: 'has done Placed order where Items 0.category is books',
		german: 'hat bestellt, mit Artikel 0.category books',
		members: ['ada', 'cy']
	}
];
