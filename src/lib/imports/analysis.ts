import { err, ok, type Result } from '$lib/result';
import { headerKey } from './columns/header-key';
import type { SampledColumn } from './columns/candidate';
import { kindOf, suggestMapping } from './columns/suggest';
import { vendorOf } from './columns/vendors';
import { charsetOfStart, containerOf } from './file/charset';
import { detectDialect, firstRows, type Dialect, type DialectChoice } from './file/dialect';
import { columnNames } from './file/header';
import type { FileRefusal } from './file/refusal';
import type { RawRow } from './file/rows';
import { decoder, readRecords, type Source } from './file/source';
import type { ImportDefinitions, Mapping } from './mapping';
import { textOf } from './values/text';

/** What was found out about a file by reading its beginning. */
export interface Analysis {
	readonly dialect: Dialect;
	readonly columns: readonly AnalysedColumn[];
	/** About how many rows there are. */
	readonly rows: number;
	/** The product it comes from: its id, and as in "Looks like a … ." */
	readonly vendor: { readonly id: string; readonly says: string } | undefined;
	readonly mapping: Mapping;
	/** The same for all files with these headers. */
	readonly fingerprint: string;
}

export interface AnalysedColumn {
	readonly name: string;
	/** A few different values. */
	readonly examples: readonly string[];
	/** Share of the first rows that have one, 0 to 1. */
	readonly filled: number;
	/** The different values of the first rows with how often they occur, most frequent first; at most 40. */
	readonly values: readonly { readonly value: string; readonly rows: number }[];
}

/** What a person decided about a file against what was found out. */
export interface AnalysisChoice {
	readonly dialect?: DialectChoice;
	readonly kind?: Mapping['kind'];
	/** "Not that": do as if the product were not known. */
	readonly ignoreVendor?: boolean;
}

export interface AnalysisContext {
	readonly definitions: ImportDefinitions;
	/** The charset of bytes that are not UTF-8, a label of `TextDecoder`. */
	guessCharset(bytes: Uint8Array): Promise<string>;
	newId(): string;
}

const maxColumns = 500;

/** Bytes looked at for the dialect, and for the charset. */
const startLength = 1 << 18;
const scanned = 1 << 26;
const sampledRows = 1_000;
const exampleCount = 3;
const exampleLength = 60;

/** Finds out how a file is written, where it comes from and what its columns most likely are. */
export async function analyse(
	source: Source,
	choice: AnalysisChoice,
	context: AnalysisContext
): Promise<Result<Analysis, FileRefusal>> {
	if (source.size === 0) return err({ type: 'Empty' });
	const start = await source.bytes(0, startLength);
	if (!start) return err({ type: 'Unreadable' });
	const container = containerOf(start);
	if (container) return err({ type: 'NotText', looksLike: container });

	const scan = await scanOf(source, choice.dialect?.charset ?? charsetOfStart(start));
	if (!scan) return err({ type: 'Unreadable' });
	const charset = scan.charset ?? (await context.guessCharset(start));
	const text = new TextDecoder(charset).decode(start, { stream: true });
	if (text.trim() === '') return err({ type: 'Empty' });

	const dialect = detectDialect(text, charset, choice.dialect);
	const header = firstRows(text, dialect)[dialect.skip] ?? [];
	if (header.length > maxColumns)
		return err({ type: 'TooManyColumns', columns: header.length, limit: maxColumns });
	const sample = await sampleOf(source, dialect);
	if (!sample.ok) return sample;
	if (sample.value.cells.length === 0) return err({ type: 'NoRows' });
	return ok(analysed(source, choice, context, { dialect, header, ...sample.value, ...scan }));
}

/** The charset if it is told or UTF-8 throughout, and the number of lines (estimated in a huge file). */
async function scanOf(
	source: Source,
	told: string | undefined
): Promise<{ charset: string | undefined; lines: number } | undefined> {
	const end = Math.min(source.size, scanned);
	const utf8 = decoder('utf-8');
	let isUtf8 = told === undefined;
	let lines = 0;
	let lastByte = 10;
	for (let at = 0; at < end; at += 1 << 20) {
		const to = Math.min(at + (1 << 20), end);
		const bytes = await source.bytes(at, to);
		if (!bytes) return;
		for (let i = bytes.indexOf(10); i >= 0; i = bytes.indexOf(10, i + 1)) lines++;
		lastByte = bytes.at(-1) ?? lastByte;
		isUtf8 &&= utf8.decode(bytes, to === source.size).ok;
	}
	if (lastByte !== 10) lines++;
	return {
		charset: told ?? (isUtf8 ? 'utf-8' : undefined),
		lines: Math.round((lines * source.size) / end)
	};
}

interface Sample {
	/** Of the first rows of data. */
	readonly cells: readonly (readonly string[])[];
	/** Lines that a row takes on average: cells may have several, and there may be blank ones between. */
	readonly linesPerRow: number;
}

async function sampleOf(source: Source, dialect: Dialect): Promise<Result<Sample, FileRefusal>> {
	const rows: RawRow[] = [];
	const refusal = await readRecords(source, dialect, async (records) => {
		for (const row of records) rows.push(row);
		return rows.length >= sampledRows ? 'stop' : undefined;
	});
	if (refusal) return err(refusal);
	const [first, last] = [rows[0]?.line ?? 0, rows.at(-1)?.line ?? 0];
	return ok({
		cells: rows.slice(0, sampledRows).map(({ cells }) => cells),
		linesPerRow: rows.length > 1 ? (last - first) / (rows.length - 1) : 1
	});
}

function analysed(
	{ name: file }: Source,
	{ kind: wanted, ignoreVendor }: AnalysisChoice,
	{ definitions, newId }: AnalysisContext,
	found: Sample & { dialect: Dialect; header: readonly string[]; lines: number }
): Analysis {
	const { dialect, header, cells: sample, linesPerRow, lines } = found;
	const estimated = Math.round((lines - dialect.skip - 1) / linesPerRow);
	const names = columnNames(dialect.header ? header : [], widthOf(header, sample));
	const columns = names.map((name, i): SampledColumn & { all: readonly string[] } => {
		const all = sample.map((cells) => textOf(cells[i] ?? ''));
		return { name, all, values: all.filter((text) => text !== '') };
	});
	const vendor = ignoreVendor || !dialect.header ? undefined : vendorOf(header);
	const kind = wanted ?? kindOf(columns, vendor);
	const mapping = suggestMapping({ file, columns, vendor, kind, definitions, newId });
	return {
		dialect,
		columns: columns.map(({ name, values }) => ({
			name,
			examples: [...new Set(values)].slice(0, exampleCount).map(example),
			filled: values.length / sample.length,
			values: tally(values)
		})),
		rows: Math.max(sample.length < sampledRows ? sample.length : estimated, 1),
		vendor: vendor && { id: vendor.id, says: vendor.says },
		mapping,
		fingerprint: `${kind} ${names.map(headerKey).join(' ')}`
	};
}

/** As many columns as the header has, or more where most rows have more. */
function widthOf(header: readonly string[], sample: readonly (readonly string[])[]): number {
	const wider = sample.filter((cells) =>
		cells.slice(header.length).some((cell) => cell.trim() !== '')
	);
	if (wider.length <= sample.length / 2) return header.length;
	return Math.min(maxColumns, Math.max(...wider.map(({ length }) => length)));
}

const example = (text: string): string =>
	text.length > exampleLength ? `${text.slice(0, exampleLength)}…` : text;

function tally(values: readonly string[]): { value: string; rows: number }[] {
	const times = new Map<string, number>();
	for (const value of values) {
		const short = example(value);
		times.set(short, (times.get(short) ?? 0) + 1);
	}
	return [...times]
		.map(([value, rows]) => ({ value, rows }))
		.sort((a, b) => b.rows - a.rows)
		.slice(0, 40);
}
