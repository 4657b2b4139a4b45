import * as z from 'zod/mini';
import type { FieldType } from '$lib/fields/field';
import type { ExportAs, ExportColumn } from './columns';

/**
 * One way to write a text, so that equal ones are written alike:
 * `lower` and `upper` without blanks around, and one within; `bare` is lower case without punctuation, `compact` also
 * without blanks; `postcode` is compact, and of US codes the first five digits; `e164` is a phone number as
 * +41791234567, `digits` the same without the plus.
 */
export const TextForm = z.enum(['lower', 'upper', 'bare', 'compact', 'postcode', 'e164', 'digits']);
export type TextForm = z.infer<typeof TextForm>;

export type PhoneForm = Extract<TextForm, 'e164' | 'digits'>;
type PlainForm = Exclude<TextForm, PhoneForm>;

export const isPhoneForm = (form: TextForm | undefined): form is PhoneForm =>
	form === 'e164' || form === 'digits';

/** A text in a form that needs to know nothing else. Empty where nothing is left of it. */
export function inForm(text: string, form: PlainForm): string {
	const even = text.normalize('NFC').trim().replace(/\s+/g, ' ');
	switch (form) {
		case 'upper':
			return even.toUpperCase();
		case 'lower':
			return even.toLowerCase();
		case 'bare':
			return bare(even);
		case 'compact':
			return bare(even).replaceAll(' ', '');
		case 'postcode':
			return even
				.toLowerCase()
				.replaceAll(' ', '')
				.replace(/^(\d{5})-?\d{4}$/, '$1');
	}
}

const bare = (text: string): string =>
	text
		.toLowerCase()
		.replace(/[\p{P}\p{S}]+/gu, '')
		.replace(/\s+/g, ' ')
		.trim();

/** One of the ways a column can be written. */
export interface FormChoice {
	/** For a list of choices: unique among them. */
	readonly value: string;
	readonly label: string;
	readonly group: 'As text' | 'Hashed';
	readonly as: ExportAs;
	readonly form?: TextForm;
}

const choice = (
	label: string,
	as: ExportAs,
	form?: TextForm,
	group: FormChoice['group'] = as === 'text' ? 'As text' : 'Hashed'
): FormChoice => ({ value: form ? `${as} ${form}` : as, label, group, as, ...(form && { form }) });

const plain = choice('Plain text', 'text');
const forEmail = [
	plain,
	choice('Lower case', 'text', 'lower'),
	choice('MD5', 'md5'),
	choice('SHA-256', 'sha256')
];
const forPhone = [
	plain,
	choice('E.164 (+41791234567)', 'text', 'e164'),
	choice('Digits (41791234567)', 'text', 'digits'),
	choice('MD5 of digits', 'md5', 'digits'),
	choice('SHA-256 of digits', 'sha256', 'digits'),
	choice('SHA-256 of E.164', 'sha256', 'e164')
];
const forText = [
	plain,
	choice('Lower case', 'text', 'lower'),
	choice('Upper case', 'text', 'upper'),
	choice('No punctuation', 'text', 'bare'),
	choice('No blanks either', 'text', 'compact'),
	choice('Postcode', 'text', 'postcode'),
	choice('SHA-256, lower case', 'sha256', 'lower'),
	choice('SHA-256, no punctuation', 'sha256', 'bare'),
	choice('SHA-256, no blanks either', 'sha256', 'compact'),
	choice('SHA-256 of postcode', 'sha256', 'postcode')
];

/** The ways in which a field of this type can be written; none where there is just one. */
export function formChoices(type: FieldType | undefined): readonly FormChoice[] {
	if (type === 'email') return forEmail;
	if (type === 'phone') return forPhone;
	return type === 'text' ? forText : [];
}

/** Which of them a column has. */
export const choiceOf = (column: Extract<ExportColumn, { source: 'field' }>): string =>
	column.form ? `${column.as} ${column.form}` : column.as;
