import { textKey } from '$lib/text-key';
import { familyOf, type FieldType } from './field';

/**
 * A value as stored and shown: text, number, boolean, a date `YYYY-MM-DD` (or `--MM-DD`), an ISO 8601 instant in UTC,
 * the id of an option, or a list of those ids. `undefined` is: no value.
 */
export type FieldValue = string | number | boolean | readonly string[];

/**
 * A value as it is compared, stored beside it under the same name: text by its key, datetimes as epoch milliseconds,
 * the rest as it is. `undefined` where there is no value, or one of the wrong type: both count as missing.
 */
export type Comparable = string | number | boolean | readonly string[];

export function comparable(value: unknown, type: FieldType): Comparable | undefined {
	const family = familyOf(type);
	switch (family) {
		case 'text':
		case 'select':
			return typeof value === 'string' ? textKey(value) || undefined : undefined;
		case 'number':
			return asNumber(value);
		case 'boolean':
			return asBoolean(value);
		case 'date':
			return typeof value === 'string' ? dayOf(value.trim()) : undefined;
		case 'datetime':
			return typeof value === 'string' ? instantOf(value.trim()) : undefined;
		case 'multiselect': {
			if (!Array.isArray(value)) return;
			const keys = value.filter((item) => typeof item === 'string').map(textKey);
			const set = [...new Set(keys)].filter((key) => key !== '').sort();
			return set.length > 0 ? set : undefined;
		}
	}
}

const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** A finite number, or text that is wholly a JSON number. */
function asNumber(value: unknown): number | undefined {
	if (typeof value === 'string') {
		const text = value.trim();
		return jsonNumber.test(text) ? asNumber(Number(text)) : undefined;
	}
	// −0 is stored as 0 by JSON, so it is 0 before anybody compares it.
	return typeof value === 'number' && Number.isFinite(value) ? value + 0 || 0 : undefined;
}

function asBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string') return;
	const text = value.trim();
	return text === 'true' ? true : text === 'false' ? false : undefined;
}

const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;
const isoInstant =
	/^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})$/i;

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of the calendar that exists, `YYYY-MM-DD`. */
export function dayOf(text: string): string | undefined {
	const [, year, month, day] = isoDay.exec(text) ?? [];
	if (!year || !month || !day) return;
	const isLeap = +year % 4 === 0 && (+year % 100 !== 0 || +year % 400 === 0);
	const last = month === '02' && isLeap ? 29 : (monthDays[+month - 1] ?? 0);
	return +day >= 1 && +day <= last ? text : undefined;
}

/** Epoch milliseconds of an ISO 8601 instant with its zone; finer digits are cut, not rounded. */
export function instantOf(text: string): number | undefined {
	const [, day, hour, minute, second = '00', fraction = '', zone] = isoInstant.exec(text) ?? [];
	if (!day || !hour || !minute || !zone || !dayOf(day)) return;
	if (+hour > 23 || +minute > 59 || +second > 59) return;
	const offset =
		zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '')}`;
	const at = Date.parse(
		`${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`
	);
	return Number.isNaN(at) ? undefined : at;
}
