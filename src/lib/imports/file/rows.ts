import Papa from 'papaparse';
import { err, ok, type Result } from '$lib/result';
import type { Dialect } from './dialect';
import { tightener } from './loose';
import type { FileRefusal } from './refusal';

/** A record of the file, before anybody knows what its cells mean. */
export interface RawRow {
	/** The line of the file it starts in, from 1. */
	readonly line: number;
	readonly cells: readonly string[];
	/** Its quotes do not fit: where cells begin and end is a guess. */
	readonly malformed: boolean;
}

/** Characters a record may have: what is longer comes from a quote that nobody closed. */
const maxRecord = 24_000_000;

export interface RowReader {
	/** The records that end in this piece of text. */
	push(text: string): Result<readonly RawRow[], FileRefusal>;
	/** What is left when there is no more text. */
	end(): Result<readonly RawRow[], FileRefusal>;
}

/** Cuts text that comes in pieces into records. Blank ones are left out, and counted as lines. */
export function rowReader(dialect: Dialect): RowReader {
	const { delimiter, quotes, newline } = dialect;
	const tighten = dialect.loose && quotes ? tightener(delimiter) : (text: string) => text;
	let rest = '';
	let line = 1;
	/** A record that is not over is not read again before it has doubled, else a long one would take for ever. */
	let due = 0;

	function take(last: boolean): Result<RawRow[], FileRefusal> {
		const parser = new Papa.Parser({ delimiter, newline, ...(quotes ? {} : { fastMode: true }) });
		const { data, errors, meta }: Parsed = parser.parse(rest, 0, !last);
		if (last && errors.some(({ code }) => code === 'MissingQuotes'))
			return err({ type: 'UnclosedQuote', line: lineOf(data, errors) });
		const malformed = new Set(errors.map(({ row }) => row));
		const multiline = quotes && rest.includes('"');
		const rows: RawRow[] = [];
		for (const [i, cells] of data.entries()) {
			const start = line;
			line += 1 + (multiline ? newlinesIn(cells) : 0);
			const end = cells.length - 1;
			if (cells[end]!.endsWith('\r')) cells[end] = cells[end]!.slice(0, -1);
			if (cells.some((cell) => cell.trim() !== ''))
				rows.push({ line: start, cells, malformed: malformed.has(i) });
		}
		rest = rest.slice(meta.cursor);
		due = rows.length > 0 ? 0 : rest.length * 2;
		return ok(rows);
	}

	const newlinesIn = (cells: readonly string[]): number =>
		cells.reduce(
			(sum, cell) => sum + (cell.includes(newline) ? cell.split(newline).length - 1 : 0),
			0
		);

	/** Where the record starts whose quote is open at the end of the file. */
	const lineOf = (data: readonly string[][], errors: Parsed['errors']): number => {
		const open = errors.find(({ code }) => code === 'MissingQuotes')!.row;
		return data.slice(0, open).reduce((sum, cells) => sum + 1 + newlinesIn(cells), line);
	};

	return {
		push(text) {
			rest += tighten(text);
			if (rest.length < due) return ok([]);
			const rows = take(false);
			if (rest.length > maxRecord) return err({ type: 'UnclosedQuote', line });
			return rows;
		},
		end: () => (rest === '' ? ok([]) : take(true))
	};
}

/** What Papa's parser of one piece of text gives; its types leave it open. */
interface Parsed {
	readonly data: string[][];
	readonly errors: readonly { readonly code: string; readonly row: number }[];
	readonly meta: { readonly cursor: number };
}
