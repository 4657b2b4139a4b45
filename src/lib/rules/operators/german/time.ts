import { dayOf, instantOf } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import type { Period } from '$lib/time/period';
import { value as chosen, type Part, type Phrase } from '../../phrase';
import { isFieldOperand, type FieldOperand } from '../operand';
import type { Say } from '../operator';
import type { DateTest, DatetimeTest } from '../time';
import type { GermanOperators } from './operators';
import { attributive, type Predicate } from './predicate';
import { presenceInfo, presenceWords } from './presence';
import { either, nearest, nearestCalendar, sayNumber, span } from './words';

const info: GermanOperators<DatetimeTest>['info'] = {
	on: { label: 'am', definition: 'An diesem Tag des Kalenders.' },
	notOn: { label: 'nicht am', definition: 'An jedem anderen Tag oder ohne Datum.' },
	before: { label: 'vor', definition: 'Früher als der Anfang dieses Tages.' },
	onOrBefore: { label: 'spätestens am', definition: 'An diesem Tag oder früher.' },
	after: { label: 'nach', definition: 'Später als das Ende dieses Tages.' },
	onOrAfter: { label: 'frühestens am', definition: 'An diesem Tag oder später.' },
	between: {
		label: 'zwischen',
		definition: 'Von einem Tag bis zu einem anderen, beide eingeschlossen.'
	},
	notBetween: { label: 'nicht zwischen', definition: 'Außerhalb beider Tage oder ohne Datum.' },
	inLast: {
		label: 'in den letzten',
		definition: 'Von vor so langer Zeit bis jetzt. Die Zukunft gehört nicht dazu.'
	},
	notInLast: {
		label: 'nicht in den letzten',
		definition: 'Länger her, in der Zukunft oder ohne Datum.'
	},
	inLastCalendar: {
		label: 'in den letzten (Kalender)',
		definition: 'Ganze Tage, Wochen, Monate oder Jahre samt dem laufenden, bis jetzt.'
	},
	inNext: { label: 'in den nächsten', definition: 'Von jetzt an bis in so langer Zeit.' },
	moreThanAgo: { label: 'vor mehr als', definition: 'Länger her als das.' },
	moreThanAhead: { label: 'in mehr als', definition: 'Weiter in der Zukunft als das.' },
	betweenAgo: {
		label: 'vor … bis …',
		definition: 'Zwischen zwei Abständen in die Vergangenheit, beide eingeschlossen.'
	},
	inPeriod: {
		label: 'in',
		definition: 'Heute, diese Woche, letzter Monat und so weiter: ganze Zeiträume.'
	},
	dayOfWeek: {
		label: 'Wochentag ist',
		definition: 'Der Wochentag, auf den es in der Zeitzone des Arbeitsbereichs fällt.'
	},
	monthIs: { label: 'Monat ist', definition: 'Der Monat, in den es fällt, in jedem Jahr.' },
	...presenceInfo
};

/** The words after a field: "liegt in den letzten 7 Tagen". */
function explain(test: DatetimeTest | DateTest, say: Say): Predicate {
	switch (test.operator) {
		case 'hasValue':
		case 'hasNoValue':
			return presenceWords[test.operator];
		case 'on':
			return attributive('ist', ['am ', day(test.day)]);
		case 'notOn':
			return { verb: 'ist', rest: ['nicht am ', day(test.day)] };
		case 'before':
			return attributive('liegt', beside('vor dem ', 'vor ', test.value, say));
		case 'onOrBefore':
			return attributive('liegt', beside('spätestens am ', 'nicht nach ', test.value, say));
		case 'after':
			return attributive('liegt', beside('nach dem ', 'nach ', test.value, say));
		case 'onOrAfter':
			return attributive('liegt', beside('frühestens am ', 'nicht vor ', test.value, say));
		case 'between':
			return attributive('liegt', range(test.from, test.to));
		case 'notBetween':
			return { verb: 'liegt', rest: ['nicht ', ...range(test.from, test.to)] };
		case 'inLast':
			return attributive('liegt', nearest('letzten', test.n, test.unit));
		case 'notInLast':
			return { verb: 'liegt', rest: ['nicht ', ...nearest('letzten', test.n, test.unit)] };
		case 'inLastCalendar':
			return attributive('liegt', nearestCalendar(test.n, test.unit));
		case 'inNext':
			return attributive('liegt', nearest('nächsten', test.n, test.unit));
		case 'moreThanAgo':
			return { verb: 'ist', rest: ['mehr als ', span(test.n, test.unit), ' her'] };
		case 'moreThanAhead':
			return attributive('liegt', ['mehr als ', span(test.n, test.unit), ' in der Zukunft']);
		case 'betweenAgo':
			return {
				verb: 'ist',
				rest: [chosen(sayNumber(test.near)), ' bis ', span(test.far, test.unit), ' her']
			};
		case 'inPeriod':
			return attributive(isDay(test.period) ? 'ist' : 'liegt', [chosen(periods[test.period])]);
		case 'dayOfWeek':
			return { verb: 'fällt', rest: ['auf einen ', ...either(test.days.map(weekdayName))] };
		case 'monthIs':
			return attributive('liegt', ['im ', ...either(test.months.map(monthName))]);
		default:
			return unreachable(test);
	}
}

export const date: GermanOperators<DateTest> = { info, explain };
export const datetime: GermanOperators<DatetimeTest> = { info, explain };

/** Before a day with its article, before a field without: what gender its name has is not known. */
const beside = (
	ofDay: string,
	ofField: string,
	operand: string | FieldOperand,
	say: Say
): Phrase =>
	isFieldOperand(operand) ? [ofField, chosen(say.field(operand.field))] : [ofDay, day(operand)];

export const range = (from: string, to: string): Phrase => [
	'zwischen dem ',
	day(from),
	' und dem ',
	day(to)
];

/** "24. Aug. 2026", with its UTC time if it is an instant. */
export function day(text: string): Part {
	const isDay = dayOf(text) !== undefined;
	const format = new Intl.DateTimeFormat('de', {
		timeZone: 'UTC',
		...{ day: 'numeric', month: 'short', year: 'numeric' },
		...(isDay ? {} : { hour: '2-digit', minute: '2-digit' })
	});
	const said = format.format(isDay ? Date.parse(`${text}T00:00:00Z`) : instantOf(text));
	return chosen(isDay ? said : `${said} UTC`);
}

export const periods: Readonly<Record<Period, string>> = {
	today: 'heute',
	yesterday: 'gestern',
	tomorrow: 'morgen',
	thisWeek: 'in dieser Woche',
	lastWeek: 'in der letzten Woche',
	nextWeek: 'in der nächsten Woche',
	thisMonth: 'in diesem Monat',
	lastMonth: 'im letzten Monat',
	nextMonth: 'im nächsten Monat',
	thisQuarter: 'in diesem Quartal',
	lastQuarter: 'im letzten Quartal',
	nextQuarter: 'im nächsten Quartal',
	thisYear: 'in diesem Jahr',
	lastYear: 'im letzten Jahr',
	nextYear: 'im nächsten Jahr'
};

const isDay = (period: Period): boolean =>
	period === 'today' || period === 'yesterday' || period === 'tomorrow';

// 4 January 2021 was a Monday.
export const weekdayName = (day: number): string =>
	new Intl.DateTimeFormat('de', { timeZone: 'UTC', weekday: 'long' }).format(
		Date.UTC(2021, 0, 3 + day)
	);

export const monthName = (month: number): string =>
	new Intl.DateTimeFormat('de', { timeZone: 'UTC', month: 'long' }).format(
		Date.UTC(2021, month - 1, 1)
	);
