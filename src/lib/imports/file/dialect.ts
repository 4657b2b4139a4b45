import Papa from 'papaparse';
import * as z from 'zod/mini';
import { looksLikeData } from './header';
import { hasSpaceBeforeQuote, tightener } from './loose';

export const delimiters = [
	{ id: ',', name: 'comma' },
	{ id: ';', name: 'semicolon' },
	{ id: '\t', name: 'tab' },
	{ id: '|', name: 'pipe' }
] as const;

/** How a file writes a table as text. */
export const Dialect = z.object({
	/** A label of `TextDecoder`. */
	charset: z.string(),
	delimiter: z.enum([',', ';', '\t', '|']),
	/** Off: a quote is an ordinary character. */
	quotes: z.boolean(),
	/** Spaces between a delimiter and a quote do not count. */
	loose: z.boolean(),
	newline: z.enum(['\n', '\r']),
	/** Records, not counting blank ones, before the header row, or before the first row where there is none. */
	skip: z.number().check(z.nonnegative()),
	header: z.boolean()
});
export type Dialect = z.infer<typeof Dialect>;

/** What a person says about a file; all else is found out. */
export type DialectChoice = Partial<Dialect>;

/** How the file with this beginning is written. */
export function detectDialect(start: string, charset: string, chosen: DialectChoice = {}): Dialect {
	const newline = chosen.newline ?? (start.includes('\n') || !start.includes('\r') ? '\n' : '\r');
	const base = { charset, quotes: true, newline, skip: 0, header: true, ...chosen };
	const separator = separatorLine(start);
	const delimiter = chosen.delimiter ?? separator ?? detectDelimiter(start, base);
	const loose = chosen.loose ?? (base.quotes && hasSpaceBeforeQuote(start, delimiter));
	const dialect: Dialect = { ...base, delimiter, loose };
	const rows = firstRows(start, dialect);
	const at = separator ? 1 : 0;
	const found = headerRow(rows.slice(at));
	return {
		...dialect,
		skip: chosen.skip ?? at + found.skip,
		header: chosen.header ?? found.header
	};
}

/** Excel's `sep=;` in the first line. */
function separatorLine(start: string): Dialect['delimiter'] | undefined {
	const [, given] = /^"?sep=([,;\t|])"?\r?(\n|$)/i.exec(start) ?? [];
	return delimiters.find(({ id }) => id === given)?.id;
}

/** The delimiter by which most rows have the same number of cells, and more than one. */
function detectDelimiter(
	start: string,
	base: Omit<Dialect, 'delimiter' | 'loose'>
): Dialect['delimiter'] {
	let best: { id: Dialect['delimiter']; score: number } = { id: ',', score: 0 };
	for (const { id } of delimiters) {
		const widths = firstRows(start, { ...base, delimiter: id, loose: false }).map(
			(cells) => cells.length
		);
		const usual = mostCommon(widths);
		const even = widths.filter((width) => width === usual).length / Math.max(widths.length, 1);
		const score = usual > 1 ? even * even * (1 + Math.log2(usual) / 4) : 0;
		if (score > best.score) best = { id, score };
	}
	return best.id;
}

const firstCount = 60;

/** The first records that are not blank. The very last may be cut off. */
export function firstRows(start: string, dialect: Dialect): string[][] {
	const { delimiter, newline, quotes } = dialect;
	const text = dialect.loose ? tightener(delimiter)(start) : start;
	const { data } = Papa.parse<string[]>(text, {
		delimiter,
		newline,
		preview: firstCount + 1,
		...(quotes ? {} : { fastMode: true })
	});
	return data
		.map((cells) => cells.map((cell) => cell.replace(/\r$/, '')))
		.filter((cells) => cells.some((cell) => cell.trim() !== ''))
		.slice(0, firstCount);
}

/** Skips what stands above a table (a title, a note) and tells whether the first row of the table names its columns. */
function headerRow(rows: readonly string[][]): { skip: number; header: boolean } {
	const filled = rows.map((cells) => cells.filter((cell) => cell.trim() !== '').length);
	const usual = mostCommon(rows.map((cells) => cells.length));
	const skip = Math.max(
		0,
		rows.findIndex(
			(cells, i) => cells.length >= usual * 0.6 && filled[i]! >= Math.max(1, usual * 0.5)
		)
	);
	const first = rows[skip] ?? [];
	return { skip, header: !first.some(looksLikeData) };
}

function mostCommon(numbers: readonly number[]): number {
	const times = new Map<number, number>();
	for (const n of numbers) times.set(n, (times.get(n) ?? 0) + 1);
	return [...times].sort(([a, many], [b, more]) => more - many || b - a)[0]?.[0] ?? 0;
}
