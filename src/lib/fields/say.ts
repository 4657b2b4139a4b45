import type { Field, Fields } from './field';
import type { FieldValue } from './value';

/** What people read in place of a code: countries and languages by name, options by theirs. */
export function sayValue(
	value: FieldValue,
	field: Pick<Field, 'type' | 'options' | 'format'> | undefined,
	locale = 'en'
): string {
	if (isChoices(value) && field?.type !== 'json')
		return value.map((item) => sayValue(item, field, locale)).join(', ');
	if (typeof value === 'object') return JSON.stringify(value);
	if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	const text = String(value);
	if (field?.format === 'country') return countryName(text, locale);
	if (field?.format === 'language') return languageName(text, locale);
	return field?.options?.find((option) => option.id === text)?.name ?? text;
}

/** Whether a value is a list of texts, and nothing more of JSON than that. */
export const isChoices = (value: unknown): value is readonly string[] =>
	Array.isArray(value) && value.every((item) => typeof item === 'string');

/** The two things an operator needs words for: a value of this field, and another field. */
export const sayOf = (field: Field | undefined, fields: Fields) => ({
	value: (value: string | number) => sayValue(value, field),
	field: (id: string) => fields.get(id)?.name ?? 'a deleted field'
});

/** The name of an ISO 3166 code, else the text itself. */
export function countryName(code: string, locale = 'en'): string {
	if (!/^[a-z]{2}$/i.test(code)) return code;
	return displayNames(locale, 'region').of(code.toUpperCase()) ?? code;
}

/** The name of an ISO 639 code, else the text itself. */
export function languageName(code: string, locale = 'en'): string {
	if (!/^[a-z]{2,3}(-[a-z]{2,4})?$/i.test(code)) return code;
	return displayNames(locale, 'language').of(code.toLowerCase()) ?? code;
}

const made = new Map<string, Intl.DisplayNames>();

function displayNames(locale: string, type: 'region' | 'language'): Intl.DisplayNames {
	const key = `${locale} ${type}`;
	const names = made.get(key) ?? new Intl.DisplayNames(locale, { type, fallback: 'code' });
	made.set(key, names);
	return names;
}
