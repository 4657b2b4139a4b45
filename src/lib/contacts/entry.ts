import type { Field } from '$lib/fields/field';
import { readJson } from '$lib/fields/json-text';
import { isChoices } from '$lib/fields/say';
import { dayOf, type FieldValue } from '$lib/fields/value';
import { emailOf, phoneOf, urlOf } from '$lib/imports/values/text';
import { countryOf, languageOf } from '$lib/fields/place-names';
import { err, ok, type Result } from '$lib/result';
import { typedNumber } from '$lib/rules/editing/typed-number';
import { typedWhen, whenOf } from '$lib/rules/editing/typed-when';
import type { ValueChange } from './contact';
import { optionOf } from './say-value';

/** Fields that the app itself keeps. */
const ownFields: ReadonlySet<string> = new Set(['created_at', 'updated_at']);

export const canEdit = (field: Field): boolean => !ownFields.has(field.id);

/** A value as the control of its type takes it: text, except for the options of a multi-select. */
export type Entry = string | readonly string[];

export function entryOf(value: FieldValue | undefined, field: Field, zone: string): Entry {
	if (field.type === 'multiselect') return isChoices(value) ? value : [];
	if (value === undefined) return '';
	if (field.type === 'select') return optionOf(value, field)?.id ?? String(value);
	if (typeof value === 'object') return JSON.stringify(value, null, field.type === 'json' ? 2 : 0);
	if (field.type === 'datetime') {
		const { day, time } = typedWhen(value, zone);
		return day && `${day}T${time || '00:00'}`;
	}
	return String(value);
}

/** What a person entered, as a value; null empties the field. Or what is wrong with it, in a sentence. */
export function readEntry(
	entry: Entry,
	field: Field,
	zone: string
): Result<FieldValue | null, string> {
	if (typeof entry !== 'string') return ok(entry.length === 0 ? null : entry);
	const text = entry.trim();
	if (text === '') return ok(null);
	switch (field.type) {
		case 'email':
			return read(emailOf(text), `“${text}” is not an email address, such as name@example.com.`);
		case 'phone':
			return read(phoneOf(text), `“${text}” is not a phone number: there is no digit in it.`);
		case 'url':
			return read(urlOf(text), `“${text}” is not a web address, such as example.com.`);
		case 'number':
			return read(typedNumber(text), `“${text}” is not a number.`);
		case 'boolean':
			return text === 'true' || text === 'false'
				? ok(text === 'true')
				: err('Choose yes, no or nothing.');
		case 'date':
			return read(dayOf(text), 'There is no such day.');
		case 'datetime': {
			const [day = '', time = ''] = text.split('T');
			return read(whenOf({ day, time: time.slice(0, 5) }, zone), 'There is no such time.');
		}
		case 'multiselect':
			return ok([text]);
		case 'json':
			return readJson(text);
		case 'text':
		case 'select':
			if (field.format === 'country') return ok(countryOf(text));
			if (field.format === 'language') return ok(languageOf(text));
			return ok(text);
	}
}

const read = (value: FieldValue | undefined, problem: string) =>
	value === undefined ? err(problem) : ok(value);

/** Consent that a person sets by hand is dated, and says where it comes from. */
export function withProvenance(
	changes: readonly ValueChange[],
	fields: ReadonlyMap<string, Field>,
	now: number
): readonly ValueChange[] {
	return changes.flatMap((change) => {
		const at = fields.get(`${change.field.id}_at`);
		const source = fields.get(`${change.field.id}_source`);
		if (!/_consent$/.test(change.field.id) || !at || !source) return [change];
		const given = change.value !== null;
		return [
			change,
			{ field: at, value: given ? new Date(now).toISOString() : null },
			{ field: source, value: given ? 'Entered by hand' : null }
		];
	});
}
