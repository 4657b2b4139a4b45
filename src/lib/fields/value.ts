import type { Json, JsonObject } from '$lib/json';
import { textKey } from '$lib/text-key';
import { familyOf, type Family, type FieldType } from './field';
import { segmentsOf } from './path';

/**
 * A value as stored and shown: text, number, boolean, a date `YYYY-MM-DD` (or `--MM-DD`), an ISO 8601 instant in UTC,
 * the id of an option, a list of those ids, or an object or list of JSON. `undefined` is: no value.
 */
export type FieldValue =
	string | number | boolean | readonly string[] | readonly Json[] | JsonObject;

/**
 * A value as it is compared, stored beside it under the same name: text by its key, datetimes as epoch milliseconds,
 * JSON as a tree of all of these, the rest as it is. `undefined` where there is no value, or one of the wrong type: both
 * count as missing.
 */
export type Comparable = string | number | boolean | readonly string[] | Keyed;

/**
 * A JSON value, or a part of one, in every form it can be compared in, each by the name of its family; those it has not
 * are left out. Nothing that is called as people like stands beside these names: their keys are all within `in`.
 */
export interface Keyed {
	readonly text?: string;
	readonly number?: number;
	readonly boolean?: boolean;
	readonly date?: string;
	readonly datetime?: number;
	/** The texts in a list. */
	readonly multiselect?: readonly string[];
	/** How many items a list has. */
	readonly items?: number;
	/** The parts of an object by their keys, the items of a list by their places: "0", "1", … */
	readonly in?: Readonly<Record<string, Keyed>>;
}

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
		case 'multiselect':
			return asSet(value);
		case 'json':
			return typeof value === 'object' ? keyedOf(value, maxDepth) : undefined;
	}
}

/** The same of what a path leads to in a JSON value; without a path, of the value itself. */
export function comparableAt(
	value: unknown,
	path: string | undefined,
	family: Family
): Comparable | undefined {
	if (path === undefined) return comparable(value, family);
	const whole = comparable(value, 'json') as Keyed | undefined; // of `json` it is nothing else
	return whole && formOf(partOf(whole, path), family);
}

/** What is at a path below a part. */
export const partOf = (part: Keyed, path: string): Keyed =>
	segmentsOf(path).reduce<Keyed>(
		(part, segment) => (part.in && Object.hasOwn(part.in, segment) ? part.in[segment]! : {}),
		part
	);

/** A part as a family compares it. */
export function formOf(part: Keyed, family: Family): Comparable | undefined {
	if (family === 'json') return part.in && part;
	return family === 'select' ? undefined : part[family];
}

/** Objects and lists within each other, the outermost included. What is deeper counts as not there. */
export const maxDepth = 8;

/** Parts without a value are left out of an object; in a list they keep their places. */
function keyedOf(value: unknown, depth: number): Keyed | undefined {
	if (typeof value !== 'object') return leafOf(value);
	if (value === null || depth === 0) return;
	const parts = Object.entries(value).map(
		([key, part]) => [key, keyedOf(part, depth - 1)] as const
	);
	if (Array.isArray(value)) {
		if (value.length === 0) return;
		const texts = asSet(value);
		return {
			...(texts ? { multiselect: texts } : {}),
			items: value.length,
			in: Object.fromEntries(parts.map(([place, part]) => [place, part ?? {}]))
		};
	}
	// `fromEntries` gives an object a key of its own whatever its name is, `__proto__` too.
	const own = Object.fromEntries(parts.filter(([, part]) => part !== undefined)) as Keyed['in'];
	return Object.keys(own!).length > 0 ? { in: own! } : undefined;
}

function leafOf(value: unknown): Keyed | undefined {
	const forms = leafFamilies.flatMap((family) => {
		const form = comparable(value, family);
		return form === undefined ? [] : [[family, form] as const];
	});
	return forms.length > 0 ? Object.fromEntries(forms) : undefined;
}

const leafFamilies = ['text', 'number', 'boolean', 'date', 'datetime'] as const;

function asSet(value: unknown): readonly string[] | undefined {
	if (!Array.isArray(value)) return;
	const keys = value.filter((item) => typeof item === 'string').map(textKey);
	const set = [...new Set(keys)].filter((key) => key !== '').sort();
	return set.length > 0 ? set : undefined;
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
