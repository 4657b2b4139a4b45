import * as z from 'zod/mini';
import { guarded } from '$lib/csv-guard';

export const FileKind = z.enum(['delimited', 'xlsx', 'json', 'ndjson', 'parquet']);
export type FileKind = z.infer<typeof FileKind>;

/** How a file is written, as somebody chooses it and as it is kept for the next time. */
export const ExportFormat = z.object({
	/** Without one it is delimited. The other kinds leave the rest as it is, for when somebody comes back to that. */
	kind: z.optional(FileKind),
	delimiter: z.enum([',', ';', '\t']),
	lineEnd: z.enum(['crlf', 'lf']),
	/** Three bytes in front, by which Excel knows that the text is UTF-8. */
	bom: z.boolean(),
	/** Keeps spreadsheets from running a value as a formula. */
	guard: z.boolean()
});
export type ExportFormat = z.infer<typeof ExportFormat>;

export const defaultFormat: ExportFormat = {
	delimiter: ',',
	lineEnd: 'crlf',
	bom: true,
	guard: true
};

/** What a column says of a contact: several values are names of tags, lists or options; null is no value. */
export type Cell = string | number | boolean | readonly string[] | null;

/** What files of a format are called, and said to be. */
export interface FileType {
	/** With its point. */
	readonly extension: string;
	readonly mime: string;
}

/** All that a delimited file needs. Its text is what `begin` gives, and then that of each row. */
export interface FileWriter extends FileType {
	begin(headers: readonly string[]): string;
	row(cells: readonly Cell[]): string;
}

/** Writes records as RFC 4180 has them: quotes only where needed, the line end included. */
export function fileWriter({ delimiter, lineEnd, bom, guard }: ExportFormat): FileWriter {
	const end = lineEnd === 'crlf' ? '\r\n' : '\n';
	const special = new RegExp(`["\r\n${delimiter}]`);
	const written = (cell: Cell | undefined) => {
		const text = guard ? guarded(textOf(cell)) : textOf(cell);
		return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	const row = (cells: readonly Cell[]) => {
		let line = written(cells[0]);
		// A line with nothing on it reads as no record at all.
		if (cells.length === 1 && line === '') return `""${end}`;
		for (let i = 1; i < cells.length; i++) line += delimiter + written(cells[i]);
		return line + end;
	};
	return {
		...typeOf(delimiter),
		begin: (headers) => (bom ? '\uFEFF' : '') + row(headers),
		row
	};
}

const typeOf = (delimiter: ExportFormat['delimiter']): FileType =>
	delimiter === '\t'
		? { extension: '.tsv', mime: 'text/tab-separated-values' }
		: { extension: '.csv', mime: 'text/csv' };

export function fileType({ kind = 'delimited', delimiter }: ExportFormat): FileType {
	switch (kind) {
		case 'delimited':
			return typeOf(delimiter);
		case 'xlsx':
			return {
				extension: '.xlsx',
				mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
			};
		case 'json':
			return { extension: '.json', mime: 'application/json' };
		case 'ndjson':
			return { extension: '.ndjson', mime: 'application/x-ndjson' };
		case 'parquet':
			return { extension: '.parquet', mime: 'application/vnd.apache.parquet' };
	}
}

/** What people call a format. */
export function formatName({ kind = 'delimited', delimiter }: ExportFormat): string {
	if (kind === 'delimited') return delimiter === '\t' ? 'TSV' : 'CSV';
	return { xlsx: 'Excel', json: 'JSON', ndjson: 'NDJSON', parquet: 'Parquet' }[kind];
}

/** Formats in which a value is found by the name of its column, so that no two can be called the same. */
export const needsDistinctNames = ({ kind }: ExportFormat): boolean =>
	kind === 'json' || kind === 'ndjson' || kind === 'parquet';

/** People that a file of a format has room for: a sheet has 1,048,576 rows, and the names of the columns are one. */
export const mostRows = ({ kind }: ExportFormat): number =>
	kind === 'xlsx' ? 1_048_575 : Infinity;

/** Between several values in one cell. */
const separator = '; ';

/** A cell as text, whatever it is; empty for no value. */
export function textOf(cell: Cell | undefined): string {
	if (typeof cell === 'string') return cell;
	if (cell === null || cell === undefined) return '';
	return typeof cell === 'object' ? cell.join(separator) : String(cell);
}
