import { fileWriter, type Cell, type ExportFormat } from './format';

/** What a column has in its cells: dates as `2026-01-15`, instants in ISO 8601, JSON as its text. */
export type CellType = 'text' | 'number' | 'boolean' | 'date' | 'instant' | 'list' | 'json';

export interface TableColumn {
	readonly header: string;
	readonly type: CellType;
}

/** A file whose text is what `begin` gives, then that of each row, then what `end` gives. */
export interface TextTable {
	begin(): string;
	row(cells: readonly Cell[]): string;
	end(): string;
}

export function textTable(format: ExportFormat, columns: readonly TableColumn[]): TextTable {
	if (format.kind === 'json') return jsonTable(columns);
	if (format.kind === 'ndjson') {
		const object = objectWriter(columns);
		return { begin: () => '', row: (cells) => `${object(cells)}\n`, end: () => '' };
	}
	const { begin, row } = fileWriter(format);
	return { begin: () => begin(columns.map(({ header }) => header)), row, end: () => '' };
}

function jsonTable(columns: readonly TableColumn[]): TextTable {
	const object = objectWriter(columns);
	let before = '\n';
	return {
		begin: () => '[',
		row(cells) {
			const text = before + object(cells);
			before = ',\n';
			return text;
		},
		end: () => '\n]\n'
	};
}

/** Every column is in every object: null says that there is no value. */
function objectWriter(columns: readonly TableColumn[]): (cells: readonly Cell[]) => string {
	const keys = columns.map(({ header }, i) => `${i === 0 ? '{' : ','}${JSON.stringify(header)}:`);
	return (cells) =>
		keys.map((key, i) => key + jsonOf(cells[i] ?? null, columns[i]!.type)).join('') + '}';
}

function jsonOf(cell: Cell, type: CellType): string {
	if (type === 'json' && typeof cell === 'string' && isJson(cell)) return cell;
	return JSON.stringify(cell);
}

function isJson(text: string): boolean {
	if (!/^[[{]/.test(text)) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
