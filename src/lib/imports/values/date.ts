import { dayOf } from '$lib/fields/value';
import { instantOfLocal, zoneOffsets } from '$lib/time/zone';
import type { Style } from './style';

/** A time as a file says it: a day, the time of day if there is one, and the zone if it is told. */
interface Written {
	readonly day: string;
	/** Milliseconds since the start of the day, or undefined where only the day is told. */
	readonly time: number | undefined;
	/** Milliseconds ahead of UTC. */
	readonly offset: number | undefined;
}

const numeric =
	/^(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?)?\s*(Z|UTC|GMT|[-+]\d{2}:?\d{2}|[-+]\d{2})?$/i;
const dayMonthYear =
	/^(?:[a-z]{2,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[-\s]+([a-z]{3,10})\.?,?[-\s]+(\d{4})(.*)$/i;
const monthDayYear =
	/^(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(.*)$/i;
const timeOfDay =
	/^(?:[T ,]|at)*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[-+]\d{2}:?\d{2})?$/i;

/** Without accents, which not everybody writes. */
const months =
	'jan january januar janvier janv gennaio gen enero ene|feb february februar fevrier fevr febbraio febrero fev|mar march marz maerz mrz mars marzo|apr april avril aprile abril avr abr|may mai maggio mayo mag|jun june juni juin giugno junio giu|jul july juli juillet juil luglio julio lug|aug august aout agosto ago|sep sept september septembre settembre septiembre set|oct october oktober okt octobre ottobre octubre ott|nov november novembre noviembre|dec december dezember dez decembre dicembre diciembre dic'
		.split('|')
		.map((names) => new Set(names.split(' ')));

function written(text: string, order: Style['order']): Written | undefined {
	const [, a, mark, b, c, ...clock] = numeric.exec(text) ?? [];
	if (a && b && c) {
		const day =
			a.length === 4 ? isoDay(a, b, c) : c.length === 4 ? dayIn(a, b, c, mark!, order) : undefined;
		return day === undefined ? undefined : withTime(day, clock);
	}
	const plain = withoutAccents(text);
	const [, date, monthName, year, rest] = dayMonthYear.exec(plain) ?? [];
	if (date && monthName && year) return named(date, monthName, year, rest ?? '');
	const [, name, dateLater, yearLater, restLater] = monthDayYear.exec(plain) ?? [];
	if (name && dateLater && yearLater) return named(dateLater, name, yearLater, restLater ?? '');
	return;
}

const withoutAccents = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');

/** With points the day comes first wherever points are used. What contradicts an order that is known is not turned round. */
function dayIn(a: string, b: string, year: string, mark: string, order: Style['order']) {
	const first = mark === '.' ? 'day' : (order ?? orderIn(a, b));
	if (first === undefined) return;
	return first === 'day' ? isoDay(year, b, a) : isoDay(year, a, b);
}

/** The order that two numbers tell by themselves. */
function orderIn(a: string, b: string): 'day' | 'month' | undefined {
	if (+a > 12 || a === b) return 'day';
	return +b > 12 ? 'month' : undefined;
}

function named(date: string, monthName: string, year: string, rest: string): Written | undefined {
	const month = months.findIndex((names) => names.has(monthName.toLowerCase()));
	const day = month < 0 ? undefined : isoDay(year, String(month + 1), date);
	if (day === undefined) return;
	if (rest.trim() === '') return { day, time: undefined, offset: undefined };
	const [, ...clock] = timeOfDay.exec(rest.trim()) ?? [];
	return clock.length === 0 ? undefined : withTime(day, clock);
}

const isoDay = (year: string, month: string, date: string): string | undefined =>
	year < '1000' ? undefined : dayOf(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);

function withTime(day: string, clock: readonly (string | undefined)[]): Written | undefined {
	const [hour, minute, second = '0', fraction = '', half, zone] = clock;
	if (hour === undefined) return { day, time: undefined, offset: offsetOf(zone) };
	const twelve = half === undefined ? undefined : /^p/i.test(half) ? 12 : 0;
	if (+minute! > 59 || +second > 59 || +hour > (twelve === undefined ? 23 : 12)) return;
	if (twelve !== undefined && +hour === 0) return;
	const hours = twelve === undefined ? +hour : (+hour % 12) + twelve;
	const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
	return {
		day,
		time: ((hours * 60 + +minute!) * 60 + +second) * 1000 + milliseconds,
		offset: offsetOf(zone)
	};
}

function offsetOf(zone: string | undefined): number | undefined {
	if (zone === undefined) return;
	const [, sign, hours, minutes = '0'] = /^([-+])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
	if (!sign) return 0;
	return (sign === '-' ? -1 : 1) * (+hours! * 60 + +minutes) * 60_000;
}

/** The day a cell says, `YYYY-MM-DD`; one with a time is read for its day. */
export function dateOf(text: string, order: Style['order']): string | undefined {
	return written(text, order)?.day;
}

/** Whether a cell says a day; where no order is known, in whichever. */
export const isDate = (text: string, order: Style['order']): boolean =>
	dateOf(text, order) !== undefined || (order === null && dateOf(text, 'day') !== undefined);

/** The instant a cell says, ISO 8601 in UTC. Without a zone it is read in the workspace's; a day is its start there. */
export function datetimeOf(text: string, order: Style['order'], zone: string): string | undefined {
	const time = written(text, order);
	if (!time) return;
	const local = Date.parse(`${time.day}T00:00:00.000Z`) + (time.time ?? 0);
	const instant = time.offset === undefined ? inZone(local, zone) : local - time.offset;
	return new Date(instant).toISOString();
}

const dayLength = 86_400_000;

/** As `instantOfLocal`, by a table of the zone's offsets: reading each with Intl would take a million rows a minute. */
function inZone(local: number, zone: string): number {
	const before = offsetIn(local - dayLength, zone);
	return before === offsetIn(local + dayLength, zone)
		? local - before
		: instantOfLocal(local, zone);
}

function offsetIn(instant: number, zone: string): number {
	const { instants, offsets } = zoneOffsets(zone);
	let [low, high] = [0, instants.length - 1];
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (instants[middle]! <= instant) low = middle;
		else high = middle - 1;
	}
	return offsets[low]!;
}

/** How far the order of day and month is told by these cells. */
export type OrderFound =
	/** One of them cannot be read the other way round, or order does not matter. */
	{ readonly sure: true; readonly order: Style['order'] } | { readonly sure: false };

export function orderOf(values: readonly string[]): OrderFound {
	let [day, month, either] = [0, 0, 0];
	for (const value of values) {
		const [, a, mark, b, c] = numeric.exec(value) ?? [];
		if (!a || !b || !c || a.length === 4 || mark === '.' || a === b) continue;
		if (+a > 12) day++;
		else if (+b > 12) month++;
		else either++;
	}
	if (day > 0 && month > 0) return { sure: false };
	if (day > 0) return { sure: true, order: 'day' };
	if (month > 0) return { sure: true, order: 'month' };
	return either > 0 ? { sure: false } : { sure: true, order: null };
}
