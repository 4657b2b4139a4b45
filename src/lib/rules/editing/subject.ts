import { familyOf, type Field, type FieldOption, type FieldType } from '$lib/fields/field';
import { sayValue } from '$lib/fields/say';
import { isFieldOperand } from '../operators/operand';
import type { RawTest } from './parameter';
import type { EditorContext, Pace } from './editor';
import type { Format, ValueSource } from './value-source';

/** What a comparison is about: a field, or a property of an event. */
export interface Subject {
	readonly name: string;
	readonly type: FieldType;
	readonly options?: readonly FieldOption[] | undefined;
	readonly format?: Format | undefined;
	/** Where its values are looked for. */
	readonly source: ValueSource;
	/** Fields it can be compared with. */
	readonly siblings: readonly { readonly id: string; readonly name: string }[];
}

/** A field as what a comparison is about. */
export const subjectOf = (field: Field, siblings: Subject['siblings']): Subject => ({
	...field,
	source: {
		of: 'field',
		field: field.id,
		family: familyOf(field.type),
		...(field.format ? { format: field.format } : {})
	},
	siblings
});

/** What the token of a test's value is given. */
export interface ValueProps {
	readonly test: RawTest;
	readonly subject: Subject;
	readonly context: EditorContext;
	readonly onchange: (test: RawTest, pace?: Pace) => void;
}

/** A value as the token shows it; nothing while there is none. */
export function sayGiven(value: unknown, subject: Subject): string | undefined {
	if (isFieldOperand(value))
		return `the field ${subject.siblings.find(({ id }) => id === value.field)?.name ?? '…'}`;
	if (typeof value === 'number') return sayValue(value, undefined);
	if (typeof value !== 'string' || value.trim() === '') return;
	return sayValue(value, { ...subject, options: [...(subject.options ?? [])] });
}

/** "Switzerland, Germany, +1" */
export function shorten(names: readonly string[], most = 3): string {
	const shown = names.length > most ? names.slice(0, most - 1) : names;
	const more = names.length - shown.length;
	return [...shown, ...(more > 0 ? [`+${more}`] : [])].join(', ');
}

/** Texts and numbers of what should be a list of them. */
export const listOf = (values: unknown): readonly (string | number)[] =>
	Array.isArray(values)
		? values.filter((value) => typeof value === 'string' || typeof value === 'number')
		: [];
