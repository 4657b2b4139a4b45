import type { Example } from '../example';
import type { SequenceCondition } from './sequence';

const ordered = { types: ['order_placed'] };
const opened = { types: ['email_opened'] };
const chf = [
	{ property: 'currency', of: 'text' as const, test: { operator: 'is' as const, value: 'chf' } }
];

export const examples: Example<SequenceCondition>[] = [
	{
		// bo opened, and will order.
		condition: { kind: 'sequence', steps: [ordered, opened] },
		explains: 'has done Placed order, then Opened email',
		german: 'hat bestellt, danach eine E-Mail geöffnet',
		members: ['ada']
	},
	{
		condition: {
			kind: 'sequence',
			steps: [opened, ordered],
			window: { operator: 'inPeriod', period: 'thisYear' }
		},
		explains: 'has done Opened email, then Placed order, all this year',
		german: 'hat eine E-Mail geöffnet, danach bestellt, alles in diesem Jahr',
		members: ['bo']
	},
	{
		// One event serves one step; cy's orders are a day apart to the minute.
		condition: {
			kind: 'sequence',
			steps: [ordered, { ...ordered, within: { n: 24, unit: 'hour' } }]
		},
		explains: 'has done Placed order, then Placed order within 24 hours',
		german: 'hat bestellt, danach innerhalb von 24 Stunden bestellt',
		members: ['cy']
	},
	{
		condition: {
			kind: 'sequence',
			steps: [ordered, { ...ordered, within: { n: 1439, unit: 'minute' } }]
		},
		explains: 'has done Placed order, then Placed order within 1439 minutes',
		german: 'hat bestellt, danach innerhalb von 1.439 Minuten bestellt',
		members: []
	},
	{
		condition: {
			kind: 'sequence',
			steps: [ordered, { ...ordered, where: chf }, opened]
		},
		explains: 'has done Placed order, then Placed order with Currency is chf, then Opened email',
		german: 'hat bestellt, danach bestellt (mit Währung chf), danach eine E-Mail geöffnet',
		members: ['ada']
	},
	{
		// ada came to the shop between her orders, cy did not.
		condition: {
			kind: 'sequence',
			steps: [ordered, { ...ordered, without: { types: ['visited'] } }]
		},
		explains: 'has done Placed order, then Placed order and in between no Visited shop',
		german: 'hat bestellt, danach ohne Visited shop dazwischen bestellt',
		members: ['cy']
	},
	{
		condition: {
			kind: 'sequence',
			steps: [ordered, { ...ordered, without: ordered, within: { n: 30, unit: 'week' } }],
			window: { operator: 'inLast', n: 1, unit: 'year' }
		},
		explains:
			'has done Placed order, then Placed order within 30 weeks and in between no Placed order, all in the last year',
		german:
			'hat bestellt, danach innerhalb von 30 Wochen und ohne Bestellungen dazwischen bestellt, alles innerhalb des letzten Jahres',
		members: ['ada', 'cy']
	}
];
