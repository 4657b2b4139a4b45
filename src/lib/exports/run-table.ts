import { textTable, type TableColumn } from './table';
import type { Cell, ExportFormat } from './format';

export type Piece = string | Uint8Array<ArrayBuffer>;

/** A file of rows under way: its pieces go where it was opened for, as soon as they are ready. */
export interface TableFile {
	/** Takes them one by one: rows that are made as they are taken are never all in memory. */
	add(rows: Iterable<readonly Cell[]>): void;
	/** Nothing can be added after it. */
	end(): void;
	/** Cells that the format cannot hold as they are: text cut to its room, values of another type left blank. */
	readonly altered: number;
}

/** Characters that are written together: neither line by line nor millions at once is quick. */
const together = 1 << 16;

/** Begins a file. What a format needs beside text is loaded when the first of its files is written. */
export async function openTable(
	format: ExportFormat,
	columns: readonly TableColumn[],
	zone: string,
	write: (piece: Piece) => void
): Promise<TableFile> {
	if (format.kind === 'xlsx') {
		const { xlsxTable } = await import('./xlsx-table');
		return xlsxTable(columns, zone, write);
	}
	if (format.kind === 'parquet') {
		const { parquetTable } = await import('./parquet-table');
		return parquetTable(columns, write);
	}
	const { begin, row, end } = textTable(format, columns);
	write(begin());
	return {
		altered: 0,
		add(rows) {
			let text = '';
			for (const cells of rows) {
				text += row(cells);
				if (text.length < together) continue;
				write(text);
				text = '';
			}
			if (text !== '') write(text);
		},
		end: () => write(end())
	};
}
