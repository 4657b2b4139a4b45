import { canonical, type Json } from '$lib/json';
import type { ExportColumn, ExportDefinition } from './columns';
import type { TextForm } from './form';
import { defaultFormat, type ExportFormat } from './format';

/** How a product wants the files it takes in. */
export interface ReadyTemplate {
	readonly id: string;
	readonly name: string;
	/** What to know before the file is handed over. */
	readonly note: string;
	readonly columns: readonly ReadyColumn[];
}

type ReadyColumn = Omit<Extract<ExportColumn, { source: 'field' }>, 'id'> | ReadyTags;
type ReadyTags = Omit<Extract<ExportColumn, { source: 'tags' | 'lists' }>, 'id'>;

const field = (
	header: string,
	field: string,
	as: 'text' | 'md5' | 'sha256' = 'text',
	form?: TextForm
): ReadyColumn => ({ source: 'field', header, field, as, ...(form && { form }) });

/** As their makers describe them; where, and when that was looked up, is beside the headers in the tests. */
export const readyTemplates: readonly ReadyTemplate[] = [
	{
		id: 'meta',
		name: 'Meta custom audience',
		note: 'Hashed here with SHA-256. Meta matches by any of the columns; it wants at least 100 people.',
		columns: [
			field('email', 'email', 'sha256'),
			field('phone', 'phone', 'sha256', 'digits'),
			field('fn', 'first_name', 'sha256', 'bare'),
			field('ln', 'last_name', 'sha256', 'bare'),
			field('zip', 'postcode', 'sha256', 'postcode'),
			field('ct', 'city', 'sha256', 'compact'),
			field('st', 'region', 'sha256', 'compact'),
			field('country', 'country', 'sha256', 'compact')
		]
	},
	{
		id: 'google-ads',
		name: 'Google Ads Customer Match',
		note: 'Hashed here with SHA-256; country and postcode stay readable, as Google wants them.',
		columns: [
			field('Email', 'email', 'sha256'),
			field('Phone', 'phone', 'sha256', 'e164'),
			field('First Name', 'first_name', 'sha256', 'lower'),
			field('Last Name', 'last_name', 'sha256', 'lower'),
			field('Country', 'country'),
			field('Zip', 'postcode')
		]
	},
	{
		id: 'mailchimp',
		name: 'Mailchimp',
		note: 'Mailchimp asks for the status of everybody in a file: import only those who subscribed as such.',
		columns: [
			field('Email Address', 'email'),
			field('First Name', 'first_name'),
			field('Last Name', 'last_name'),
			field('Phone Number', 'phone', 'text', 'e164'),
			{ source: 'tags', header: 'Tags', between: ', ' }
		]
	},
	{
		id: 'klaviyo',
		name: 'Klaviyo',
		note: 'Klaviyo takes files of up to 50 MB.',
		columns: [
			field('Email', 'email'),
			field('Phone Number', 'phone', 'text', 'e164'),
			field('First Name', 'first_name'),
			field('Last Name', 'last_name'),
			field('Organization', 'company'),
			field('City', 'city'),
			field('State / Region', 'region'),
			field('Country', 'country'),
			field('Zip Code', 'postcode')
		]
	},
	{
		id: 'brevo',
		name: 'Brevo',
		note: 'For an account in English; in others FIRSTNAME and LASTNAME are called otherwise. Up to 250 MB.',
		columns: [
			field('EMAIL', 'email'),
			field('FIRSTNAME', 'first_name'),
			field('LASTNAME', 'last_name'),
			field('SMS', 'phone', 'text', 'e164')
		]
	}
];

/** Programs read these, and a mark in front would be a part of the first header. */
const readyFormat: ExportFormat = { ...defaultFormat, bom: false };

/** A template as the beginning of a file. `newId` gives each column its id. */
export const definitionFrom = (
	{ columns }: ReadyTemplate,
	newId: () => string
): ExportDefinition => ({
	columns: columns.map((column) => ({ ...column, id: newId() })),
	format: readyFormat
});

/** Whether two make the same file: ids of columns are of no matter. */
export function isSameDefinition(one: ExportDefinition, other: ExportDefinition): boolean {
	const shape = ({ columns, ...rest }: ExportDefinition) =>
		canonical(plain({ ...rest, columns: columns.map((column) => ({ ...column, id: '' })) }));
	return shape(one) === shape(other);
}

/** Without what is spelled out as not there. */
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
