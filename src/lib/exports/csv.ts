import * as z from 'zod/mini';

export const CsvFormat = z.object({
	delimiter: z.enum([',', ';', '\t']),
	lineEnd: z.enum(['crlf', 'lf']),
	/** Three bytes in front, by which Excel knows that the text is UTF-8. */
	bom: z.boolean(),
	/** Keeps spreadsheets from running a value as a formula. */
	guard: z.boolean()
});
export type CsvFormat = z.infer<typeof CsvFormat>;

export const defaultFormat: CsvFormat = {
	delimiter: ',',
	lineEnd: 'crlf',
	bom: false,
	guard: true
};

export const startOf = ({ bom }: CsvFormat): string => (bom ? '\uFEFF' : '');

/** Gives a function that writes a record as RFC 4180 has it: quotes only where needed, the line end included. */
export function csvWriter({
	delimiter,
	lineEnd,
	guard
}: CsvFormat): (cells: readonly string[]) => string {
	const end = lineEnd === 'crlf' ? '\r\n' : '\n';
	const special = new RegExp(`["\r\n${delimiter}]`);
	const written = (cell: string) => {
		const text = guard ? guarded(cell) : cell;
		return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	return (cells) => {
		// A line with nothing on it reads as no record at all.
		if (cells.length === 1 && cells[0] === '') return `""${end}`;
		let line = written(cells[0] ?? '');
		for (let i = 1; i < cells.length; i++) line += delimiter + written(cells[i]!);
		return line + end;
	};
}

/**
 * The text with an apostrophe in front if a spreadsheet would take it for a formula: after any blanks it begins with
 * = + - @ (or their wide forms, which Excel reads alike), or its blanks hold a tab or a line break. Plain numbers and
 * phone numbers stay as they are: nothing in them can be run.
 */
export function guarded(text: string): string {
	return formula.test(text) && !harmless.test(text) ? `'${text}` : text;
}

const formula = /^\s*(?:[=+\-@＝＋－＠]|[\t\r\n])/;

const harmless =
	/^[ \u00a0\u202f]*(?:[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:[eE][+-]?\d+)?[ \u00a0\u202f]*|\+\d[\d .()/\u00a0\u202f-]*)$/;
