import type { Example } from '../example';
import type { AggregateCondition } from './condition';

const total: Pick<AggregateCondition & { of: 'number' }, 'kind' | 'types' | 'property' | 'of'> = {
	kind: 'aggregate',
	types: ['order_placed'],
	property: 'total',
	of: 'number'
};
const days = (n: number) => ({ operator: 'inLast', n, unit: 'day' }) as const;

export const examples: Example<AggregateCondition>[] = [
	{
		// bo's order of 500 is a millisecond in the future; cy's total is text that is a number.
		condition: { ...total, function: 'sum', test: { operator: 'atLeast', value: 70 } },
		explains: 'sum of Total of Placed order ≥ 70',
		german: 'Summe von Gesamtbetrag bei Bestellungen beträgt mindestens 70',
		members: ['ada', 'cy']
	},
	{
		condition: {
			...total,
			function: 'sum',
			test: { operator: 'equals', value: 120 },
			window: days(30)
		},
		explains: 'sum of Total of Placed order = 120 in the last 30 days',
		german: 'Summe von Gesamtbetrag bei Bestellungen beträgt in den letzten 30 Tagen 120',
		members: ['ada']
	},
	{
		// Of nothing, a sum is 0.
		condition: { ...total, function: 'sum', test: { operator: 'lessThan', value: 100 } },
		explains: 'sum of Total of Placed order < 100',
		german: 'Summe von Gesamtbetrag bei Bestellungen liegt unter 100',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: { ...total, function: 'sum', test: { operator: 'doesNotEqual', value: 0 } },
		explains: 'sum of Total of Placed order ≠ 0',
		german: 'Summe von Gesamtbetrag bei Bestellungen beträgt nicht 0',
		members: ['ada', 'cy']
	},
	{
		// An average of nothing has no value; cy's order without a total is not in it.
		condition: { ...total, function: 'average', test: { operator: 'equals', value: 70 } },
		explains: 'average Total of Placed order = 70',
		german: 'Durchschnitt von Gesamtbetrag bei Bestellungen beträgt 70',
		members: ['ada', 'cy']
	},
	{
		condition: { ...total, function: 'average', test: { operator: 'notBetween', from: 0, to: 90 } },
		explains: 'average Total of Placed order not between 0 and 90',
		german: 'Durchschnitt von Gesamtbetrag bei Bestellungen liegt nicht zwischen 0 und 90',
		members: ['bo', 'dee', 'eve']
	},
	{
		condition: { ...total, function: 'average', test: { operator: 'hasNoValue' } },
		explains: 'average Total of Placed order has no value',
		german: 'Durchschnitt von Gesamtbetrag bei Bestellungen hat keinen Wert',
		members: ['bo', 'dee', 'eve']
	},
	{
		condition: {
			...total,
			function: 'max',
			test: { operator: 'lessThan', value: 100 },
			where: [{ property: 'currency', of: 'text', test: { operator: 'isNot', value: 'CHF' } }]
		},
		explains: 'highest Total of Placed order < 100 where Currency is not CHF',
		german:
			'größter Wert von Gesamtbetrag bei Bestellungen liegt unter 100, wobei Währung nicht CHF ist',
		members: ['ada']
	},
	{
		condition: { ...total, function: 'min', test: { operator: 'hasValue' } },
		explains: 'lowest Total of Placed order has a value',
		german: 'kleinster Wert von Gesamtbetrag bei Bestellungen hat einen Wert',
		members: ['ada', 'cy']
	},
	{
		condition: {
			kind: 'aggregate',
			types: ['visited'],
			function: 'max',
			property: 'on',
			of: 'date',
			test: { operator: 'before', value: '2024-06-01' }
		},
		explains: 'latest Booked on of Visited shop before 1 Jun 2024',
		german: 'spätester Wert von Booked on bei Visited shop liegt vor dem 1. Juni 2024',
		members: ['ada']
	},
	{
		condition: {
			kind: 'aggregate',
			types: ['order_placed'],
			function: 'distinct',
			property: 'currency',
			of: 'text',
			test: { operator: 'atLeast', n: 2 }
		},
		explains: 'has at least 2 different values of Currency of Placed order',
		german: 'hat mindestens 2 verschiedene Werte von Währung bei Bestellungen',
		members: ['ada']
	},
	{
		condition: {
			kind: 'aggregate',
			types: ['order_placed'],
			function: 'distinct',
			property: 'order',
			of: 'text',
			test: { operator: 'fewerThan', n: 2 }
		},
		explains: 'has fewer than 2 different values of Order of Placed order',
		german: 'hat weniger als 2 verschiedene Werte von Bestellnummer bei Bestellungen',
		members: ['bo', 'dee', 'eve']
	},
	{
		condition: {
			kind: 'aggregate',
			types: ['visited'],
			function: 'distinct',
			property: 'likes',
			of: 'multiselect',
			test: { operator: 'exactly', n: 1 }
		},
		explains: 'has exactly 1 different value of Likes of Visited shop',
		german: 'hat genau 1 Wert von Likes bei Visited shop',
		members: ['ada']
	}
];
