import * as z from 'zod/mini';
import type { Fields } from '$lib/fields/field';
import { kindOf } from '$lib/rules/conditions/registry';
import type { Rule } from '$lib/rules/rule';
import { CombinedPart, partsText } from './combined';
import { isPhoneForm, TextForm } from './form';
import { defaultFormat, ExportFormat } from './format';

const common = {
	/** Tells it from the others: the same field may be in a file twice, as text and hashed. */
	id: z.string().check(z.minLength(1)),
	/** Its name in the first line of the file; if blank, what it is called here. */
	header: z.string(),
	/** Whoever has nothing in it is left out of the file. */
	required: z.optional(z.boolean())
};

/**
 * One column of a file: a field as text or hashed, all names of a contact's tags or lists in one cell, the same text for
 * everybody, or fields with text between them.
 */
export const ExportColumn = z.discriminatedUnion('source', [
	z.object({
		...common,
		source: z.literal('field'),
		field: z.string().check(z.minLength(1)),
		/** Hashes are in lower-case hex digits, of the form; without one, of the text key. */
		as: z.enum(['text', 'md5', 'sha256']),
		form: z.optional(TextForm)
	}),
	z.object({
		...common,
		source: z.enum(['tags', 'lists']),
		/** What stands between the names; without it, what the format has for several values. */
		between: z.optional(z.string())
	}),
	z.object({ ...common, source: z.literal('constant'), text: z.string() }),
	z.object({ ...common, source: z.literal('combined'), parts: z.array(CombinedPart) })
]);
export type ExportColumn = z.infer<typeof ExportColumn>;
export type ExportAs = Extract<ExportColumn, { source: 'field' }>['as'];

/** Which columns, in which order, and how they are written. */
export const ExportDefinition = z.object({
	columns: z.array(ExportColumn),
	format: ExportFormat,
	/** ISO 3166 code of where phone numbers without a country code are from, if the contact's own country is unknown. */
	phoneCountry: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/)))
});
export type ExportDefinition = z.infer<typeof ExportDefinition>;

/** What a column can be made of. */
export interface ColumnSource {
	/** For a list of choices: unique among them. */
	readonly key: string;
	readonly label: string;
	readonly group: 'Fields' | 'Lists and tags' | 'Made here';
}

export const columnSources = (fields: Fields): readonly ColumnSource[] => [
	...[...fields.values()].map(({ id, name }): ColumnSource => ({
		key: `field ${id}`,
		label: name,
		group: 'Fields'
	})),
	{ key: 'tags', label: wordFor.tags, group: 'Lists and tags' },
	{ key: 'lists', label: wordFor.lists, group: 'Lists and tags' }
];

/** Which source a column is of. */
export const keyOf = (column: ExportColumn): string =>
	column.source === 'field' ? `field ${column.field}` : column.source;

/** A new column of the source with this key, under its own name. */
export function columnOf(key: string, id: string, fields: Fields): ExportColumn {
	const column = blankColumn(key, id);
	return { ...column, header: nameOf(column, fields) };
}

function blankColumn(key: string, id: string): ExportColumn {
	const common = { id, header: '' };
	switch (key) {
		case 'tags':
		case 'lists':
			return { ...common, source: key };
		case 'constant':
			return { ...common, source: key, text: '' };
		case 'combined':
			return {
				...common,
				source: key,
				parts: [{ field: 'first_name' }, ' ', { field: 'last_name' }]
			};
		default:
			return { ...common, source: 'field', field: key.slice('field '.length), as: 'text' };
	}
}

/** What one begins with: address and name, and what the rule asks about. `newId` gives each column its id. */
export function defaultDefinition(
	rule: Rule,
	fields: Fields,
	newId: () => string
): ExportDefinition {
	const keys = new Set([
		...['email', 'first_name', 'last_name'].map((field) => `field ${field}`),
		...keysIn(rule, fields)
	]);
	return { columns: [...keys].map((key) => columnOf(key, newId(), fields)), format: defaultFormat };
}

/** The sources that a rule asks about, in its order. */
function keysIn(rule: Rule, fields: Fields): string[] {
	if (rule.type === 'group') return rule.children.flatMap((child) => keysIn(child, fields));
	return kindOf(rule.condition)
		.references(rule.condition)
		.flatMap(({ type, id }) => {
			if (type === 'field') return fields.has(id) ? [`field ${id}`] : [];
			return type === 'tag' ? ['tags'] : type === 'list' ? ['lists'] : [];
		});
}

/** The definition without the columns whose field is no longer there. */
export function withKnownFields(definition: ExportDefinition, fields: Fields): ExportDefinition {
	const columns = definition.columns.flatMap((column): ExportColumn[] => {
		if (column.source === 'field') return fields.has(column.field) ? [column] : [];
		if (column.source !== 'combined') return [column];
		const parts = column.parts.filter((part) => typeof part === 'string' || fields.has(part.field));
		return parts.some((part) => typeof part !== 'string') ? [{ ...column, parts }] : [];
	});
	return { ...definition, columns };
}

/** What the column is called if nobody names it: "Email", "Email MD5", "Tags". */
export function nameOf(column: ExportColumn, fields: Fields): string {
	if (column.source === 'combined') return partsText(column.parts, fields).replace(/[{}]/g, '');
	if (column.source !== 'field') return wordFor[column.source];
	const name = fields.get(column.field)?.name ?? column.field;
	return column.as === 'text' ? name : `${name} ${hashNames[column.as]}`;
}

/** What the column is made of, in whatever form. */
export const sourceName = (column: ExportColumn, fields: Fields): string =>
	column.source === 'combined'
		? 'Combined fields'
		: nameOf(column.source === 'field' ? { ...column, as: 'text' } : column, fields);

export const headerOf = (column: ExportColumn, fields: Fields): string =>
	column.header.trim() || nameOf(column, fields);

export const hashNames = { md5: 'MD5', sha256: 'SHA-256' } as const;

const wordFor = { tags: 'Tags', lists: 'Lists', constant: 'Fixed text' } as const;

/** The column in another form. A header that nobody has changed follows. */
export function withForm(
	column: ExportColumn,
	as: ExportAs,
	fields: Fields,
	form?: TextForm
): ExportColumn {
	if (column.source !== 'field') return column;
	const next: ExportColumn = { ...column, as, form };
	const named = column.header.trim() !== '' && column.header !== nameOf(column, fields);
	return named ? next : { ...next, header: nameOf(next, fields) };
}

/** What ad networks match people by: the hash of an address, or of a phone number. */
export const isIdentifier = (column: ExportColumn, fields: Fields): boolean =>
	column.source === 'field' && /^(email|phone)$/.test(fields.get(column.field)?.type ?? '');

/** Whether phone numbers are written in one certain way, for which their country must be known. */
export const hasPhoneForm = (column: ExportColumn): boolean =>
	column.source === 'field' && isPhoneForm(column.form);

/** The list with the item at `from` moved `by` places, no further than its ends. */
export function moved<T>(items: readonly T[], from: number, by: number): readonly T[] {
	const to = Math.max(0, Math.min(items.length - 1, from + by));
	const rest = items.filter((_, i) => i !== from);
	return [...rest.slice(0, to), items[from]!, ...rest.slice(to)];
}

/** Headers that more than one column has, which most programs that read the file cannot tell apart. */
export function repeatedHeaders(columns: readonly ExportColumn[], fields: Fields): string[] {
	const headers = columns.map((column) => headerOf(column, fields));
	return [...new Set(headers.filter((header, i) => headers.indexOf(header) !== i))];
}
