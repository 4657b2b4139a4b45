import type { Field, FieldOption } from '$lib/fields/field';
import { sayValue } from '$lib/fields/say';
import { dayOf, instantOf, type FieldValue } from '$lib/fields/value';
import { dayText, instantText } from '$lib/segments/age';
import { textKey } from '$lib/text-key';

/** A contact's value for people, in the workspace's calendar; `short` leaves out the time of day. */
export function sayField(
	value: FieldValue | undefined,
	field: Field,
	zone: string,
	short = false
): string {
	if (value === undefined) return '';
	if (field.type === 'datetime') {
		const at = typeof value === 'string' ? instantOf(value) : undefined;
		return at === undefined ? String(value) : (short ? dayText : instantText)(at, zone);
	}
	if (field.type === 'date') return sayDay(String(value));
	// Values of a field that became one of choices are as they were written.
	if (field.type === 'select') return optionOf(value, field)?.name ?? String(value);
	return sayValue(value, field);
}

/** "15 Jun 1990"; a birthday may lack its year. */
export function sayDay(day: string): string {
	if (dayOf(day)) return dayText(Date.parse(`${day}T00:00:00Z`), 'UTC');
	const yearless = /^--(\d\d-\d\d)$/.exec(day)?.[1];
	if (!yearless || !dayOf(`2000-${yearless}`)) return day;
	return dayText(Date.parse(`2000-${yearless}T00:00:00Z`), 'UTC').replace(/ 2000$/, '');
}

/** The choice a value means, also where it is written as no id is. */
export const optionOf = (value: FieldValue, { options = [] }: Field): FieldOption | undefined =>
	options.find(({ id }) => id === textKey(String(value)));
