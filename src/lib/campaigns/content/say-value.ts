import { isStandard, type Field } from '$lib/fields/field';
import { isChoices, sayValue } from '$lib/fields/say';
import { dayOf, instantOf, type FieldValue } from '$lib/fields/value';
import { textKey } from '$lib/text-key';
import { wordsIn } from './words';

/** Longer values are no words for a message; they are cut. */
const longest = 10_000;

/**
 * Gives a function that says a value of a field, as the database has it in JSON, in a message: options by their names,
 * days in the calendar of the workspace, `''` for what is missing. Always one line, without signs that cannot be seen.
 */
export function valueSayer(field: Field, zone: string, locale: string): (value: unknown) => string {
	const say = sayerOf(field, zone, locale);
	return (value) => (value === null || value === undefined ? '' : oneLine(say(value)));
}

/** Gives a function that says a value within a link: as an export writes it. */
export function linkValueSayer(field: Field): (value: unknown) => string {
	const name = optionNamer(field);
	return (value) => {
		if (value === null || value === undefined) return '';
		if (field.type === 'datetime' && typeof value === 'number')
			return new Date(value).toISOString();
		return oneLine(isChoices(value) ? value.map(name).join(', ') : name(plain(value)));
	};
}

function sayerOf(field: Field, zone: string, locale: string): (value: unknown) => string {
	const { type } = field;
	if (type === 'date') return daySayer(locale);
	if (type === 'datetime') return instantSayer(locale, zone, isStandard(field.id));
	if (type === 'select' || type === 'multiselect' || field.options) {
		const name = optionNamer(field);
		return (value) => (isChoices(value) ? value.map(name).join(', ') : name(plain(value)));
	}
	if (type === 'boolean') {
		const { yes, no } = wordsIn(locale);
		return (value) => (typeof value === 'boolean' ? (value ? yes : no) : plain(value));
	}
	// Numbers are often codes and years, which no one would write with a thousands separator.
	if (field.format === undefined) return plain;
	return (value) => sayValue(value as FieldValue, field, locale);
}

function optionNamer({ options = [] }: Field): (value: string) => string {
	const names = new Map(options.map(({ id, name }) => [id, name]));
	return (value) => names.get(value) ?? names.get(textKey(value)) ?? value;
}

function daySayer(locale: string): (value: unknown) => string {
	const whole = dayFormat(locale, 'UTC');
	const yearless = new Intl.DateTimeFormat(locale, {
		...{ day: 'numeric', month: 'long', timeZone: 'UTC' }
	});
	return (value) => {
		const day = plain(value);
		if (dayOf(day)) return whole.format(Date.parse(`${day}T00:00:00Z`));
		const known = /^--(\d\d-\d\d)$/.exec(day)?.[1];
		if (!known || !dayOf(`2000-${known}`)) return day;
		return yearless.format(Date.parse(`2000-${known}T00:00:00Z`));
	};
}

/** Of the fields that every contact has, nobody wants to read the time of day. */
function instantSayer(locale: string, zone: string, dayOnly: boolean): (value: unknown) => string {
	const format = dayOnly
		? dayFormat(locale, zone)
		: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
	return (value) => {
		const at = typeof value === 'string' ? instantOf(value) : value;
		return typeof at === 'number' && Number.isFinite(at) ? format.format(at) : plain(value);
	};
}

const dayFormat = (locale: string, zone: string) =>
	new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone });

function plain(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (isChoices(value)) return value.join(', ');
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Control signs, half pairs, and those that turn the order of what follows. */
const unseen = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

const plainLine = /^(?! )(?!.*  )[\x20-\x7e]*(?<! )$/;

/** The text on one line, and of a length that a message can have. */
export function oneLine(text: string, most = longest): string {
	const short = text.length > most ? text.slice(0, most) : text;
	// As most values are already.
	if (plainLine.test(short)) return short;
	return short.replace(/\s+/g, ' ').replace(unseen, '').trim();
}
