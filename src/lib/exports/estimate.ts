import { type Cell, type ExportFormat } from './format';
import { textTable, type TableColumn } from './table';

/** How many bytes a file of `total` rows comes to, as far as some of its rows tell. */
export function estimatedSize(
	format: ExportFormat,
	columns: readonly TableColumn[],
	rows: readonly (readonly Cell[])[],
	total: number
): number {
	const packed = format.kind === 'xlsx' || format.kind === 'parquet' ? format.kind : undefined;
	const { begin, row } = textTable(packed ? plainFormat : format, columns);
	const encoder = new TextEncoder();
	const bytes = rows.reduce((sum, cells) => sum + encoder.encode(row(cells)).length, 0);
	const all = encoder.encode(begin()).length + (bytes / rows.length) * total;
	return packed ? overhead[packed] + all * share[packed] : all;
}

/** As text it would have just its values. */
export const plainFormat: ExportFormat = {
	delimiter: ',',
	lineEnd: 'lf',
	bom: false,
	guard: false
};

/** How much of its text is left of a million contacts, and what a file has beside them, in bytes. */
const share = { xlsx: 0.67, parquet: 0.6 };
const overhead = { xlsx: 2_000, parquet: 1_000 };
