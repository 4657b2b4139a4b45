import type { Field } from '$lib/fields/field';
import { isChoices } from '$lib/fields/say';
import type { Definitions } from '$lib/rules/definitions';
import type { ExportColumn } from './columns';
import type { Cell } from './format';

/** What cells are written with: the names of options, tags and lists. */
export type ExportNames = Pick<Definitions, 'fields' | 'tags' | 'lists'>;

/**
 * Gives a function that turns the values of one contact, one a column as the database has them in JSON, into its cells:
 * options, tags and lists by their names, instants in UTC, null for what is missing.
 */
export function cellReader(
	columns: readonly ExportColumn[],
	names: ExportNames
): (values: readonly unknown[]) => Cell[] {
	const readers = columns.map((column) => readerOf(column, names));
	return (values) => readers.map((read, i) => read(values[i]));
}

function readerOf(column: ExportColumn, names: ExportNames): (value: unknown) => Cell {
	if (column.source !== 'field') {
		const nameById = names[column.source];
		return (ids) => named(ids, (id) => nameById.get(id));
	}
	if (column.as !== 'text') return plain;
	const field = names.fields.get(column.field);
	if (field?.type === 'datetime') return instant;
	if (field?.type === 'json') return jsonText;
	if (!field?.options) return plain;
	const nameById = optionNames(field);
	return (value) =>
		isChoices(value)
			? named(value, (id) => nameById.get(id) ?? id)
			: (nameById.get(value as string) ?? plain(value));
}

const optionNames = ({ options = [] }: Field): ReadonlyMap<string, string> =>
	new Map(options.map(({ id, name }) => [id, name]));

function named(ids: unknown, nameOf: (id: string) => string | undefined): Cell {
	if (!Array.isArray(ids)) return null;
	// Those of deleted tags and lists have no name.
	return ids.flatMap((id: string) => nameOf(id) ?? []).sort();
}

/** What the database has for a value: text, numbers, yes and no, lists of text; all other JSON as its text. */
function plain(value: unknown): Cell {
	if (typeof value !== 'object' || value === null) return (value as Cell | undefined) ?? null;
	return isChoices(value) ? value : JSON.stringify(value);
}

const jsonText = (value: unknown): Cell =>
	typeof value === 'object' && value !== null ? JSON.stringify(value) : plain(value);

/** Standard fields come in epoch milliseconds, custom ones as they were written. */
const instant = (value: unknown): Cell =>
	typeof value === 'number' ? new Date(value).toISOString() : plain(value);
