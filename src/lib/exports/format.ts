import * as z from 'zod/mini';
import { guarded } from '$lib/csv-guard';

/** How a file is written, as somebody chooses it and as it is kept for the next time. */
export const ExportFormat = z.object({
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

/** All that a file of a format needs. Its text is what `begin` gives, and then that of each row. */
export interface FileWriter {
	/** With its point. */
	readonly extension: string;
	readonly mime: string;
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
		extension: delimiter === '\t' ? '.tsv' : '.csv',
		mime: delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv',
		begin: (headers) => (bom ? '\uFEFF' : '') + row(headers),
		row
	};
}

/** Between several values in one cell. */
const separator = '; ';

function textOf(cell: Cell | undefined): string {
	if (typeof cell === 'string') return cell;
	if (cell === null || cell === undefined) return '';
	return typeof cell === 'object' ? cell.join(separator) : String(cell);
}
