import type { Field } from '$lib/fields/field';
import type { Definitions } from '$lib/rules/definitions';
import type { ExportColumn } from './columns';

/** What cells are written with: the names of options, tags and lists. */
export type ExportNames = Pick<Definitions, 'fields' | 'tags' | 'lists'>;

/** Between several values in one cell. */
const separator = '; ';

/**
 * Gives a function that turns the values of one contact, one a column as the database has them in JSON, into the texts
 * of its cells: options, tags and lists by their names, instants in UTC, nothing for what is missing.
 */
export function cellWriter(
	columns: readonly ExportColumn[],
	names: ExportNames
): (values: readonly unknown[]) => string[] {
	const writers = columns.map((column) => writerOf(column, names));
	return (values) => writers.map((write, i) => write(values[i]));
}

function writerOf(column: ExportColumn, names: ExportNames): (value: unknown) => string {
	if (column.source !== 'field') {
		const nameById = names[column.source];
		return (ids) => joined(ids, (id) => nameById.get(id));
	}
	if (column.as !== 'text') return plain;
	const field = names.fields.get(column.field);
	if (field?.type === 'datetime') return instant;
	if (!field?.options) return plain;
	const nameById = optionNames(field);
	return (value) =>
		Array.isArray(value)
			? joined(value, (id) => nameById.get(id) ?? id)
			: (nameById.get(value as string) ?? plain(value));
}

const optionNames = ({ options = [] }: Field): ReadonlyMap<string, string> =>
	new Map(options.map(({ id, name }) => [id, name]));

function joined(ids: unknown, nameOf: (id: string) => string | undefined): string {
	if (!Array.isArray(ids)) return '';
	// Those of deleted tags and lists have no name.
	const names = ids.flatMap((id: string) => nameOf(id) ?? []);
	return names.sort().join(separator);
}

function plain(value: unknown): string {
	if (value === null || value === undefined) return '';
	return Array.isArray(value) ? value.join(separator) : String(value);
}

/** Standard fields come in epoch milliseconds, custom ones as they were written. */
const instant = (value: unknown): string =>
	typeof value === 'number' ? new Date(value).toISOString() : plain(value);
