import type { Field, FieldType } from './field';

/** Types of fields as people call them, in the order they are offered. */
export const typeNames: Readonly<Record<FieldType, string>> = {
	text: 'Text',
	number: 'Number',
	boolean: 'Yes or no',
	date: 'Date',
	datetime: 'Date and time',
	select: 'One choice',
	multiselect: 'Several choices',
	email: 'Email',
	phone: 'Phone',
	url: 'Web address',
	json: 'JSON'
};

/** The same within a sentence. */
export const inSentence = (type: FieldType): string =>
	type === 'json' ? typeNames[type] : typeNames[type].toLowerCase();

/** What a value of a type is: "it does not read as a number". */
export const readsAs: Readonly<Record<FieldType, string>> = {
	text: 'text',
	number: 'a number',
	boolean: 'yes or no',
	date: 'a date',
	datetime: 'a date with its time',
	select: 'one choice',
	multiselect: 'several choices',
	email: 'an email address',
	phone: 'a phone number',
	url: 'a web address',
	json: 'a JSON object or list'
};

export const typeOptions = (Object.keys(typeNames) as FieldType[]).map((value) => ({
	value,
	label: typeNames[value]
}));

export const hasOptions = ({ type }: Pick<Field, 'type'>): boolean =>
	type === 'select' || type === 'multiselect';
