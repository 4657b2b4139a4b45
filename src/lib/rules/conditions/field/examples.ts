import type { Example } from '../example';
import type { FieldCondition } from './field';

/** One of each operator; what every operator does with every sort of missing value is tested apart. */
const text = (field: string, test: Extract<FieldCondition, { of: 'text' }>['test']) =>
	({ kind: 'field', field, of: 'text', test }) as const;
const number = (test: Extract<FieldCondition, { of: 'number' }>['test']) =>
	({ kind: 'field', field: 'score', of: 'number', test }) as const;
const date = (test: Extract<FieldCondition, { of: 'date' }>['test']) =>
	({ kind: 'field', field: 'renewal', of: 'date', test }) as const;
const datetime = (test: Extract<FieldCondition, { of: 'datetime' }>['test']) =>
	({ kind: 'field', field: 'seen', of: 'datetime', test }) as const;
const select = (test: Extract<FieldCondition, { of: 'select' }>['test']) =>
	({ kind: 'field', field: 'plan', of: 'select', test }) as const;
const topics = (test: Extract<FieldCondition, { of: 'multiselect' }>['test']) =>
	({ kind: 'field', field: 'topics', of: 'multiselect', test }) as const;
const profile = (comparison: {
	of: FieldCondition['of'];
	path?: string;
	test: FieldCondition['test'];
}) => ({ kind: 'field', field: 'profile', ...comparison }) as FieldCondition; // the two fit below

export const examples: Example<FieldCondition>[] = [
	{
		condition: text('country', { operator: 'is', value: 'ch' }),
		explains: 'Country is Switzerland',
		german: 'Land ist Schweiz',
		members: ['ada', 'cy']
	},
	{
		condition: text('country', { operator: 'isNot', value: 'CH' }),
		explains: 'Country is not Switzerland',
		german: 'Land ist nicht Schweiz',
		members: ['bo', 'dee', 'eve']
	},
	{
		condition: { ...text('country', { operator: 'isNot', value: 'CH' }), missing: 'exclude' },
		explains: 'Country is not Switzerland (only with a value)',
		german: 'Land ist nicht Schweiz (nur mit Wert)',
		members: ['bo']
	},
	{
		condition: { ...text('country', { operator: 'is', value: 'CH' }), missing: 'include' },
		explains: 'Country is Switzerland (or no value)',
		german: 'Land ist Schweiz (oder kein Wert)',
		members: ['ada', 'cy', 'dee', 'eve']
	},
	{
		condition: text('country', { operator: 'isAnyOf', values: ['AT', 'DE', 'CH'] }),
		explains: 'Country is any of Austria, Germany or Switzerland',
		german: 'Land ist Österreich, Deutschland oder Schweiz',
		members: ['ada', 'bo', 'cy']
	},
	{
		condition: text('country', { operator: 'isNoneOf', values: ['AT', 'DE'] }),
		explains: 'Country is none of Austria or Germany',
		german: 'Land ist weder Österreich noch Deutschland',
		members: ['ada', 'cy', 'dee', 'eve']
	},
	{
		// Accents matter.
		condition: text('city', { operator: 'contains', value: 'ÜR' }),
		explains: 'City contains “ÜR”',
		german: 'Ort enthält „ÜR“',
		members: ['ada']
	},
	{
		condition: text('city', { operator: 'containsAnyOf', values: ['üri', 'uri'] }),
		explains: 'City contains any of üri or uri',
		german: 'Ort enthält „üri“ oder „uri“',
		members: ['ada', 'bo']
	},
	{
		condition: text('email', { operator: 'endsWith', value: '.CH' }),
		explains: 'Email ends with “.CH”',
		german: 'E-Mail endet auf „.CH“',
		members: ['ada']
	},
	{
		condition: text('email', { operator: 'matches', pattern: '^b[m-p]@' }),
		explains: 'Email matches pattern ^b[m-p]@',
		german: 'E-Mail entspricht dem Muster ^b[m-p]@',
		members: ['bo']
	},
	{
		// An address without an @ has no domain, and a subdomain is another one.
		condition: text('email', { operator: 'domainIs', value: 'Example.com' }),
		explains: 'Email domain is Example.com',
		german: 'E-Mail hat die Domain Example.com',
		members: []
	},
	{
		condition: text('email', { operator: 'domainIsNoneOf', values: ['example.ch', 'x.org'] }),
		explains: 'Email domain is none of example.ch or x.org',
		german: 'E-Mail hat keine der Domains example.ch oder x.org',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: text('first_name', { operator: 'hasNoValue' }),
		explains: 'First name has no value',
		german: 'Vorname hat keinen Wert',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: number({ operator: 'equals', value: 0 }),
		explains: 'Score = 0',
		german: 'Score beträgt 0',
		members: ['ada']
	},
	{
		condition: number({ operator: 'atLeast', value: 7.5 }),
		explains: 'Score ≥ 7.5',
		german: 'Score beträgt mindestens 7,5',
		members: ['bo']
	},
	{
		condition: number({ operator: 'lessThan', value: 1 }),
		explains: 'Score < 1',
		german: 'Score liegt unter 1',
		members: ['ada', 'cy']
	},
	{
		condition: number({ operator: 'atMost', value: { field: 'limit' } }),
		explains: 'Score ≤ Limit',
		german: 'Score ist höchstens so hoch wie Limit',
		members: ['ada', 'bo']
	},
	{
		// A comparison with a field is missing where either side is.
		condition: number({ operator: 'doesNotEqual', value: { field: 'limit' } }),
		explains: 'Score ≠ Limit',
		german: 'Score ist ungleich Limit',
		members: ['ada', 'cy', 'dee', 'eve']
	},
	{
		condition: number({ operator: 'between', from: -3, to: 0 }),
		explains: 'Score between -3 and 0',
		german: 'Score liegt zwischen -3 und 0',
		members: ['ada', 'cy']
	},
	{
		condition: number({ operator: 'isAnyOf', values: [0, 7.5] }),
		explains: 'Score is any of 0 or 7.5',
		german: 'Score beträgt 0 oder 7,5',
		members: ['ada', 'bo']
	},
	{
		condition: { kind: 'field', field: 'vip', of: 'boolean', test: { operator: 'isFalse' } },
		explains: 'VIP is false',
		german: 'VIP ist falsch',
		members: ['bo']
	},
	{
		condition: { kind: 'field', field: 'vip', of: 'boolean', test: { operator: 'isNotTrue' } },
		explains: 'VIP is not true',
		german: 'VIP ist nicht wahr',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: date({ operator: 'on', day: '2024-06-15' }),
		explains: 'Renewal on 15 Jun 2024',
		german: 'Renewal ist am 15. Juni 2024',
		members: ['ada']
	},
	{
		condition: date({ operator: 'before', value: '2024-06-15' }),
		explains: 'Renewal before 15 Jun 2024',
		german: 'Renewal liegt vor dem 15. Juni 2024',
		members: ['cy']
	},
	{
		condition: date({ operator: 'inLast', n: 1, unit: 'month' }),
		explains: 'Renewal in the last month',
		german: 'Renewal liegt innerhalb des letzten Monats',
		members: ['ada']
	},
	{
		condition: date({ operator: 'moreThanAgo', n: 1, unit: 'month' }),
		explains: 'Renewal more than 1 month ago',
		german: 'Renewal ist mehr als 1 Monat her',
		members: ['cy']
	},
	{
		condition: date({ operator: 'inNext', n: 31, unit: 'day' }),
		explains: 'Renewal in the next 31 days',
		german: 'Renewal liegt in den nächsten 31 Tagen',
		members: ['ada', 'bo']
	},
	{
		condition: date({ operator: 'moreThanAhead', n: 1, unit: 'month' }),
		explains: 'Renewal more than 1 month ahead',
		german: 'Renewal liegt mehr als 1 Monat in der Zukunft',
		members: ['bo']
	},
	{
		condition: date({ operator: 'inPeriod', period: 'thisMonth' }),
		explains: 'Renewal this month',
		german: 'Renewal liegt in diesem Monat',
		members: ['ada']
	},
	{
		condition: date({ operator: 'dayOfWeek', days: [6, 3] }),
		explains: 'Renewal on a Saturday or Wednesday',
		german: 'Renewal fällt auf einen Samstag oder Mittwoch',
		members: ['ada', 'cy']
	},
	{
		condition: date({ operator: 'monthIs', months: [7] }),
		explains: 'Renewal in July',
		german: 'Renewal liegt im Juli',
		members: ['bo']
	},
	{
		condition: datetime({ operator: 'inLast', n: 7, unit: 'day' }),
		explains: 'Last seen in the last 7 days',
		german: 'Last seen liegt in den letzten 7 Tagen',
		members: ['ada']
	},
	{
		condition: datetime({ operator: 'notInLast', n: 7, unit: 'day' }),
		explains: 'Last seen not in the last 7 days',
		german: 'Last seen liegt nicht in den letzten 7 Tagen',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: datetime({ operator: 'betweenAgo', near: 1, far: 8, unit: 'day' }),
		explains: 'Last seen between 1 and 8 days ago',
		german: 'Last seen ist 1 bis 8 Tage her',
		members: ['bo']
	},
	{
		condition: datetime({ operator: 'inLastCalendar', n: 8, unit: 'day' }),
		explains: 'Last seen in the last 8 calendar days',
		german: 'Last seen liegt in den letzten 8 Kalendertagen',
		members: ['ada', 'bo']
	},
	{
		condition: datetime({ operator: 'inPeriod', period: 'tomorrow' }),
		explains: 'Last seen tomorrow',
		german: 'Last seen ist morgen',
		members: ['cy']
	},
	{
		condition: datetime({ operator: 'after', value: '2024-06-15T09:59:59Z' }),
		explains: 'Last seen after 15 Jun 2024, 09:59 UTC',
		german: 'Last seen liegt nach dem 15. Juni 2024, 09:59 UTC',
		members: ['ada', 'cy']
	},
	{
		condition: datetime({ operator: 'dayOfWeek', days: [7] }),
		explains: 'Last seen on a Sunday',
		german: 'Last seen fällt auf einen Sonntag',
		members: ['cy']
	},
	{
		condition: datetime({ operator: 'monthIs', months: [6] }),
		explains: 'Last seen in June',
		german: 'Last seen liegt im Juni',
		members: ['ada', 'bo', 'cy']
	},
	{
		condition: select({ operator: 'is', value: 'gold' }),
		explains: 'Plan is Gold',
		german: 'Plan ist Gold',
		members: ['ada']
	},
	{
		condition: select({ operator: 'isNoneOf', values: ['gold'] }),
		explains: 'Plan is none of Gold',
		german: 'Plan ist nicht Gold',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: topics({ operator: 'includesAny', values: ['music', 'film'] }),
		explains: 'Topics includes any of Music or Film',
		german: 'Topics enthält Music oder Film',
		members: ['ada', 'bo']
	},
	{
		condition: topics({ operator: 'includesAll', values: ['music', 'film'] }),
		explains: 'Topics includes all of Music and Film',
		german: 'Topics enthält Music und Film',
		members: ['ada']
	},
	{
		condition: topics({ operator: 'isExactly', values: ['film'] }),
		explains: 'Topics is exactly Film',
		german: 'Topics ist genau Film',
		members: ['bo']
	},
	{
		// Nothing chosen is 0 choices.
		condition: topics({ operator: 'count', count: { operator: 'atMost', n: 1 } }),
		explains: 'Topics has at most 1 choice',
		german: 'Topics hat höchstens 1 Eintrag',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: profile({
			path: 'address.city',
			of: 'text',
			test: { operator: 'isAnyOf', values: ['Bern', 'ZÜRICH'] }
		}),
		explains: 'Profile address.city is any of Bern or ZÜRICH',
		german: 'Profile address.city ist Bern oder ZÜRICH',
		members: ['ada', 'bo']
	},
	{
		// cy has an address with nothing in it, and dee's profile is text.
		condition: profile({
			path: 'address.city',
			of: 'text',
			test: { operator: 'isNot', value: 'Bern' }
		}),
		explains: 'Profile address.city is not Bern',
		german: 'Profile address.city ist nicht Bern',
		members: ['ada', 'cy', 'dee', 'eve']
	},
	{
		// Text that is wholly a number counts as one.
		condition: profile({
			path: 'address.floor',
			of: 'number',
			test: { operator: 'equals', value: 3 }
		}),
		explains: 'Profile address.floor = 3',
		german: 'Profile address.floor beträgt 3',
		members: ['ada', 'bo']
	},
	{
		// A number does not count as text.
		condition: profile({
			path: 'address.floor',
			of: 'text',
			test: { operator: 'hasValue' }
		}),
		explains: 'Profile address.floor (as text) has a value',
		german: 'Profile address.floor (als Text) hat einen Wert',
		members: ['ada']
	},
	{
		condition: profile({ path: 'member', of: 'boolean', test: { operator: 'isFalse' } }),
		explains: 'Profile member is false',
		german: 'Profile member ist falsch',
		members: ['bo']
	},
	{
		condition: profile({
			path: 'pets.1.name',
			of: 'text',
			test: { operator: 'startsWith', value: 'm' }
		}),
		explains: 'Profile pets.1.name starts with “m”',
		german: 'Profile pets.1.name beginnt mit „m“',
		members: ['ada']
	},
	{
		condition: profile({
			path: 'pets.0.born',
			of: 'date',
			test: { operator: 'before', value: '2022-01-01' }
		}),
		explains: 'Profile pets.0.born before 1 Jan 2022',
		german: 'Profile pets.0.born liegt vor dem 1. Jan. 2022',
		members: ['ada']
	},
	{
		condition: profile({
			path: 'likes',
			of: 'multiselect',
			test: { operator: 'includesAny', values: ['JAZZ'] }
		}),
		explains: 'Profile likes includes JAZZ',
		german: 'Profile likes enthält JAZZ',
		members: ['ada', 'bo']
	},
	{
		// What is no text is not among the choices.
		condition: profile({
			path: 'likes',
			of: 'multiselect',
			test: { operator: 'isExactly', values: ['jazz'] }
		}),
		explains: 'Profile likes is exactly jazz',
		german: 'Profile likes ist genau jazz',
		members: ['bo']
	},
	{
		condition: profile({
			path: 'pets',
			of: 'json',
			test: {
				operator: 'anyItem',
				where: [
					{ path: 'name', of: 'text', test: { operator: 'isAnyOf', values: ['Rex', 'Tom'] } },
					{ path: 'age', of: 'number', test: { operator: 'moreThan', value: 10 } }
				]
			}
		}),
		explains: 'Profile pets has any item where name is any of Rex or Tom and age > 10',
		german: 'Profile pets hat einen Eintrag, bei dem name Rex oder Tom ist und age über 10 liegt',
		members: ['bo']
	},
	{
		condition: profile({
			path: 'pets',
			of: 'json',
			test: {
				operator: 'noItem',
				where: [{ path: 'age', of: 'number', test: { operator: 'atLeast', value: 12 } }]
			}
		}),
		explains: 'Profile pets has no item where age ≥ 12',
		german: 'Profile pets hat keinen Eintrag, bei dem age mindestens 12 beträgt',
		members: ['cy', 'dee', 'eve']
	},
	{
		// An item without an age meets neither.
		condition: profile({
			path: 'pets',
			of: 'json',
			test: {
				operator: 'allItems',
				where: [{ path: 'age', of: 'number', test: { operator: 'between', from: 0, to: 12 } }]
			}
		}),
		explains: 'Profile pets has only items where age between 0 and 12',
		german: 'Profile pets hat nur Einträge, bei denen age zwischen 0 und 12 liegt',
		members: ['ada', 'bo']
	},
	{
		// cy's pets are nothing, but two.
		condition: profile({
			path: 'pets',
			of: 'json',
			test: { operator: 'itemCount', count: { operator: 'atLeast', n: 2 } }
		}),
		explains: 'Profile pets has at least 2 items',
		german: 'Profile pets hat mindestens 2 Einträge',
		members: ['ada', 'cy']
	},
	{
		condition: profile({
			path: 'pets',
			of: 'json',
			test: {
				operator: 'itemCount',
				count: { operator: 'atMost', n: 1 },
				where: [{ path: 'name', of: 'text', test: { operator: 'hasValue' } }]
			}
		}),
		explains: 'Profile pets has at most 1 item where name (as text) has a value',
		german: 'Profile pets hat höchstens 1 Eintrag, bei dem name (als Text) einen Wert hat',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		// Without a path the item itself is meant.
		condition: profile({
			path: 'likes',
			of: 'json',
			test: {
				operator: 'anyItem',
				where: [{ of: 'number', test: { operator: 'equals', value: 7 } }]
			}
		}),
		explains: 'Profile likes has any item where the item = 7',
		german: 'Profile likes hat einen Eintrag, bei dem der Wert 7 beträgt',
		members: ['bo']
	},
	{
		condition: profile({ of: 'json', test: { operator: 'hasNoValue' } }),
		explains: 'Profile has no value',
		german: 'Profile hat keinen Wert',
		members: ['dee', 'eve']
	}
];
