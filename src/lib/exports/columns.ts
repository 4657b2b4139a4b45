import * as z from 'zod/mini';
import type { Fields } from '$lib/fields/field';
import { kindOf } from '$lib/rules/conditions/registry';
import type { Rule } from '$lib/rules/rule';
import { defaultFormat, ExportFormat } from './format';

const common = {
	/** Tells it from the others: the same field may be in a file twice, as text and hashed. */
	id: z.string().check(z.minLength(1)),
	/** Its name in the first line of the file; if blank, what it is called here. */
	header: z.string()
};

/** One column of a file: a field as text or hashed, or all names of a contact's tags or lists in one cell. */
export const ExportColumn = z.discriminatedUnion('source', [
	z.object({
		...common,
		source: z.literal('field'),
		field: z.string().check(z.minLength(1)),
		/** Hashes are of the text key, in lower-case hex digits. */
		as: z.enum(['text', 'md5', 'sha256'])
	}),
	z.object({ ...common, source: z.enum(['tags', 'lists']) })
]);
export type ExportColumn = z.infer<typeof ExportColumn>;
export type ExportAs = Extract<ExportColumn, { source: 'field' }>['as'];

/** Which columns, in which order, and how they are written. */
export const ExportDefinition = z.object({ columns: z.array(ExportColumn), format: ExportFormat });
export type ExportDefinition = z.infer<typeof ExportDefinition>;

/** What a column can be made of. */
export interface ColumnSource {
	/** For a list of choices: unique among them. */
	readonly key: string;
	readonly label: string;
	readonly group: 'Fields' | 'Lists and tags';
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
	const column: ExportColumn =
		key === 'tags' || key === 'lists'
			? { id, source: key, header: '' }
			: { id, source: 'field', field: key.slice('field '.length), as: 'text', header: '' };
	return { ...column, header: nameOf(column, fields) };
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
	const columns = definition.columns.filter(
		(column) => column.source !== 'field' || fields.has(column.field)
	);
	return { ...definition, columns };
}

/** What the column is called if nobody names it: "Email", "Email MD5", "Tags". */
export function nameOf(column: ExportColumn, fields: Fields): string {
	if (column.source !== 'field') return wordFor[column.source];
	const name = fields.get(column.field)?.name ?? column.field;
	return column.as === 'text' ? name : `${name} ${hashNames[column.as]}`;
}

/** What the column is made of, in whatever form. */
export const sourceName = (column: ExportColumn, fields: Fields): string =>
	nameOf(column.source === 'field' ? { ...column, as: 'text' } : column, fields);

export const headerOf = (column: ExportColumn, fields: Fields): string =>
	column.header.trim() || nameOf(column, fields);

export const hashNames = { md5: 'MD5', sha256: 'SHA-256' } as const;

const wordFor = { tags: 'Tags', lists: 'Lists' } as const;

/** The column in another form. A header that nobody has changed follows. */
export function withForm(column: ExportColumn, as: ExportAs, fields: Fields): ExportColumn {
	if (column.source !== 'field') return column;
	const next: ExportColumn = { ...column, as };
	const named = column.header.trim() !== '' && column.header !== nameOf(column, fields);
	return named ? next : { ...next, header: nameOf(next, fields) };
}

/** Only addresses are hashed: ad networks match by the hash of an address in lower case. */
export const canHash = (column: ExportColumn, fields: Fields): boolean =>
	column.source === 'field' && fields.get(column.field)?.type === 'email';

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
