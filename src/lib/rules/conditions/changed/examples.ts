import type { Example } from '../example';
import type { ChangedCondition } from './changed';

const of = 'text' as const;
const is = (value: string) => ({ of, test: { operator: 'is', value } }) as const;
const country = { kind: 'changed', field: 'country', did: true } as const;
const score = { kind: 'changed', field: 'score', did: true } as const;

/**
 * ada moved from DE to CH on 1 June; bo from CH by AT to DE, seven days ago to the millisecond; cy's country is said to
 * change in a millisecond; dee lost hers. bo's score rose from nothing.
 */
export const examples: Example<ChangedCondition>[] = [
	{
		condition: { ...country, what: 'changed' },
		explains: 'Country changed',
		german: 'Land hat sich geändert',
		members: ['ada', 'bo', 'dee']
	},
	{
		condition: { ...country, did: false, what: 'changed' },
		explains: 'Country did not change',
		german: 'Land hat sich nicht geändert',
		members: ['cy', 'eve']
	},
	{
		condition: {
			...country,
			what: 'changed',
			window: { operator: 'inLast', n: 7, unit: 'day' }
		},
		explains: 'Country changed in the last 7 days',
		german: 'Land hat sich in den letzten 7 Tagen geändert',
		members: ['bo']
	},
	{
		condition: {
			...country,
			what: 'changed',
			window: { operator: 'inNext', n: 1, unit: 'minute' }
		},
		explains: 'Country changed in the next minute',
		german: 'Land hat sich innerhalb der nächsten Minute geändert',
		members: ['cy']
	},
	{
		condition: { ...country, what: 'changed', from: is('de'), to: is('CH') },
		explains: 'Country changed from one that is Germany to one that is Switzerland',
		german: 'Land hat sich von Deutschland auf Schweiz geändert',
		members: ['ada']
	},
	{
		condition: { ...country, what: 'changed', from: is('CH'), to: is('DE') },
		explains: 'Country changed from one that is Switzerland to one that is Germany',
		german: 'Land hat sich von Schweiz auf Deutschland geändert',
		members: []
	},
	{
		condition: { ...country, what: 'changed', to: { of, test: { operator: 'hasNoValue' } } },
		explains: 'Country changed to one that has no value',
		german: 'Land hat sich auf keinen Wert geändert',
		members: ['dee']
	},
	{
		// What is not there is not DE, unless it is said to be left out.
		condition: {
			...country,
			what: 'changed',
			to: { of, test: { operator: 'isNot', value: 'DE' } }
		},
		explains: 'Country changed to one that is not Germany',
		german: 'Land hat sich auf einen Wert, der nicht Deutschland ist, geändert',
		members: ['ada', 'bo', 'dee']
	},
	{
		condition: {
			...country,
			what: 'changed',
			to: { of, test: { operator: 'isNot', value: 'AT' }, missing: 'exclude' }
		},
		explains: 'Country changed to one that is not Austria (only with a value)',
		german: 'Land hat sich auf einen Wert, der nicht Österreich ist (nur mit Wert), geändert',
		members: ['ada', 'bo']
	},
	{
		condition: {
			...score,
			what: 'changed',
			from: { of: 'number', test: { operator: 'hasNoValue' } },
			to: { of: 'number', test: { operator: 'moreThan', value: 7 } }
		},
		explains: 'Score changed from one that has no value to one that > 7',
		german: 'Score hat sich von keinem Wert auf einen Wert, der über 7 liegt, geändert',
		members: ['bo']
	},
	{
		// Now, or before or after a change; cy's has not happened yet.
		condition: { ...country, what: 'was', value: is('CH') },
		explains: 'Country (now or ever before) is Switzerland',
		german: 'Land ist oder war schon einmal Schweiz',
		members: ['ada', 'bo', 'cy', 'dee']
	},
	{
		condition: { ...country, what: 'was', value: is('AT') },
		explains: 'Country (now or ever before) is Austria',
		german: 'Land ist oder war schon einmal Österreich',
		members: ['bo']
	},
	{
		condition: { ...country, did: false, what: 'was', value: is('DE') },
		explains: 'Country (never until now) is Germany',
		german: 'Land ist und war nie Deutschland',
		members: ['cy', 'dee', 'eve']
	},
	{
		condition: { ...country, what: 'hasBeen', value: is('CH'), n: 14, unit: 'day' },
		explains: 'Country (for at least 14 days) is Switzerland',
		german: 'Land ist seit mindestens 14 Tagen Schweiz',
		members: ['ada', 'cy']
	},
	{
		// Ada came on 1 June at 10:00 UTC, which is 14 days ago.
		condition: { ...country, what: 'hasBeen', value: is('CH'), n: 15, unit: 'day' },
		explains: 'Country (for at least 15 days) is Switzerland',
		german: 'Land ist seit mindestens 15 Tagen Schweiz',
		members: ['cy']
	},
	{
		// From one of two to the other of them is no change of what is asked.
		condition: {
			...country,
			what: 'hasBeen',
			value: { of, test: { operator: 'isAnyOf', values: ['DE', 'AT', 'CH'] } },
			n: 1,
			unit: 'year'
		},
		explains: 'Country (for at least 1 year) is any of Germany, Austria or Switzerland',
		german: 'Land ist seit mindestens 1 Jahr Deutschland, Österreich oder Schweiz',
		members: ['ada', 'bo', 'cy']
	},
	{
		condition: {
			...country,
			did: false,
			what: 'hasBeen',
			value: { of, test: { operator: 'hasNoValue' } },
			n: 1,
			unit: 'month'
		},
		explains: 'Country (not for as long as 1 month) has no value',
		german: 'Land ist nicht seit mindestens 1 Monat ohne Wert',
		members: ['ada', 'bo', 'cy', 'dee']
	},
	{
		// Nobody has been anything for longer than they have been here.
		condition: { ...country, what: 'hasBeen', value: is('CH'), n: 40, unit: 'year' },
		explains: 'Country (for at least 40 years) is Switzerland',
		german: 'Land ist seit mindestens 40 Jahren Schweiz',
		members: []
	}
];
