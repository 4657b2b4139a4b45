import type { Field, FieldType } from '$lib/fields/field';
import { readJson } from '$lib/fields/json-text';
import type { FieldValue } from '$lib/fields/value';
import type { Discovery } from '../discovery';
import { shortened, type Notice, type RowProblem } from '../problem';
import { booleanOf } from '../values/boolean';
import { dateOf, datetimeOf } from '../values/date';
import { listOf } from '../values/list';
import { numberOf } from '../values/number';
import { misspeltDomain } from '../values/domain';
import { knownCountry, languageOf } from '$lib/fields/place-names';
import type { Style } from '../values/style';
import { emailOf, phoneOf, urlOf } from '../values/text';

/** Characters of a value. Countries are in an index, whose entries cannot be long. */
const longest = 32_767;
const longestIndexed = 500;

export type Read<T> =
	{ readonly value: T; readonly notice?: Notice } | { readonly problem: RowProblem };
export type CellReader = (text: string) => Read<FieldValue>;

/** Reads the cells of a column as values of a type; they are trimmed and not blank. Never bends a value to fit. */
export function cellReader(
	column: string,
	field: Pick<Field, 'id' | 'type' | 'format'>,
	style: Style,
	{ zone, discovery }: { zone: string; discovery: Discovery }
): CellReader {
	const read = readers(field, style, zone, discovery);
	const problem = problemOf[field.type];
	const limit = field.format === 'country' ? longestIndexed : longest;
	return (text) => {
		if (text.length > limit)
			return { problem: { type: 'TooLong', column, length: text.length, limit } };
		if (text.includes('\0')) return { problem: { type: 'NulCharacter', column } };
		if (field.format === 'country') return countryIn(column, text);
		const value = read(text);
		return value === undefined
			? { problem: { type: problem, column, value: shortened(text) } }
			: { value };
	};
}

/** What is no country we know may be one all the same: it is taken as it is. */
function countryIn(column: string, text: string): Read<string> {
	const value = knownCountry(text);
	return value === undefined
		? { value: text, notice: { type: 'UnknownCountry', column, value: shortened(text) } }
		: { value };
}

/** As `cellReader`, for the address that says who a row is about. */
export function emailReader(column: string): (text: string) => Read<string> {
	return (text) => {
		if (text.includes('\0')) return { problem: { type: 'NulCharacter', column } };
		const email = emailOf(text);
		if (email === undefined)
			return { problem: { type: 'NotAnEmail', column, value: shortened(text) } };
		const slip = misspeltDomain(email);
		return slip
			? { value: email, notice: { type: 'MisspeltDomain', column, value: email, ...slip } }
			: { value: email };
	};
}

/** As `cellReader`, for ids and references, which are text in a unique index. */
export function idReader(column: string, limit: number): (text: string) => Read<string> {
	return (text) => {
		if (text.length > limit)
			return { problem: { type: 'TooLong', column, length: text.length, limit } };
		if (text.includes('\0')) return { problem: { type: 'NulCharacter', column } };
		return { value: text };
	};
}

function readers(
	{ id, type, format }: Pick<Field, 'id' | 'type' | 'format'>,
	{ order, decimal, separator }: Style,
	zone: string,
	discovery: Discovery
): (text: string) => FieldValue | undefined {
	switch (type) {
		case 'text':
			return format === 'language' ? languageOf : (text) => text;
		case 'email':
			return emailOf;
		case 'url':
			return urlOf;
		case 'phone':
			return phoneOf;
		case 'number':
			return (text) => numberOf(text, decimal);
		case 'boolean':
			return booleanOf;
		case 'date':
			return cached((text) => dateOf(text, order));
		case 'datetime':
			return cached((text) => datetimeOf(text, order, zone));
		case 'select':
			return (text) => discovery.option(id, text) ?? undefined;
		case 'multiselect':
			return (text) => {
				const before = discovery.mark;
				const options = listOf(text, separator).map((name) => discovery.option(id, name));
				const known = options.filter((option) => option !== undefined);
				if (known.length === options.length) return known;
				discovery.dropSince(before);
				return;
			};
		case 'json':
			return (text) => {
				const value = readJson(text);
				return value.ok ? value.value : undefined;
			};
	}
}

const cachedAtMost = 10_000;

/** Dates repeat: a file of a year's orders has 365 of them. */
function cached(read: (text: string) => string | undefined): (text: string) => string | undefined {
	const known = new Map<string, string | undefined>();
	return (text) => {
		if (known.has(text)) return known.get(text);
		const value = read(text);
		if (known.size < cachedAtMost) known.set(text, value);
		return value;
	};
}

const problemOf = {
	text: 'NotAnEmail', // never: any text is text
	email: 'NotAnEmail',
	url: 'NotAUrl',
	phone: 'NotAPhone',
	number: 'NotANumber',
	boolean: 'NotABoolean',
	date: 'NotADate',
	datetime: 'NotADate',
	select: 'TooManyChoices',
	multiselect: 'TooManyChoices',
	json: 'NotJson'
} as const satisfies Record<FieldType, string>;
