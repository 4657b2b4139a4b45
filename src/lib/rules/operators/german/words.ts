import { listed, value, type Part, type Phrase } from '../../phrase';
import type { Unit } from '$lib/time/zone';

/** Words that German sentences are made of, whatever they are about. */

const numbers = new Intl.NumberFormat('de');
/** "1.439" */
export const sayNumber = (n: number): string => numbers.format(n);

/** "a, b oder c" */
export const either = (values: readonly string[]): Phrase => listed(values, 'oder');
export const both = (values: readonly string[]): Phrase => listed(values, 'und');

/** "weder a noch b", of a single one "nicht a". */
export const neither = (values: readonly string[]): Phrase =>
	neitherOf(values.map((one) => [value(one)]));

export const neitherOf = (phrases: readonly Phrase[]): Phrase =>
	phrases.flatMap((phrase, i): Phrase => {
		if (phrases.length === 1) return ['nicht ', ...phrase];
		return [i === 0 ? 'weder ' : ' noch ', ...phrase];
	});

interface UnitWords {
	readonly one: string;
	readonly many: string;
	/** After "in den", "vor", "seit". */
	readonly dative: string;
	/** "innerhalb …" of the one before or after now. */
	readonly within: readonly [article: string, noun: string];
	/** "… Kalendertag", "… Kalenderwoche": the one that is going on. */
	readonly running: string;
	readonly each: 'jedem' | 'jeder';
}

export const units: Readonly<Record<Unit, UnitWords>> = {
	minute: feminine('Minute'),
	hour: feminine('Stunde'),
	week: feminine('Woche'),
	day: other('Tag', 'Tages', 'am'),
	month: other('Monat', 'Monats', 'im'),
	year: other('Jahr', 'Jahres', 'im')
};

function feminine(one: string): UnitWords {
	return {
		...{ one, many: `${one}n`, dative: `${one}n`, within: ['der', one], each: 'jeder' },
		running: 'in der laufenden'
	};
}

function other(one: string, genitive: string, within: 'am' | 'im'): UnitWords {
	return {
		...{ one, many: `${one}e`, dative: `${one}en`, within: ['des', genitive], each: 'jedem' },
		running: `${within} laufenden`
	};
}

/** "1 Tag", "14 Tage" */
export const span = (n: number, unit: Unit): Part =>
	value(`${sayNumber(n)} ${n === 1 ? units[unit].one : units[unit].many}`);

/** After "vor", "seit" and the like: "1 Tag", "14 Tagen" */
export const spanDative = (n: number, unit: Unit): Part =>
	value(`${sayNumber(n)} ${n === 1 ? units[unit].one : units[unit].dative}`);

/** "innerhalb des letzten Monats", "in den letzten 30 Tagen" */
export const nearest = (which: 'letzten' | 'nächsten', n: number, unit: Unit): Phrase => {
	const [article, noun] = units[unit].within;
	return n === 1
		? ['innerhalb ', value(`${article} ${which} ${noun}`)]
		: [`in den ${which} `, spanDative(n, unit)];
};

/** "in den letzten 8 Kalendertagen"; of one, which is the one that is going on, "im laufenden Kalendermonat" */
export function nearestCalendar(n: number, unit: Unit): Phrase {
	const { one, dative, running } = units[unit];
	const noun = `Kalender${(n === 1 ? one : dative).toLowerCase()}`;
	return n === 1
		? [value(`${running} ${noun}`)]
		: ['in den letzten ', value(`${sayNumber(n)} ${noun}`)];
}
