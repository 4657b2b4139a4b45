import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Cell } from './format';
import { textOf } from './format';
import type { Piece, TableFile } from './run-table';
import type { CellType, TableColumn } from './table';

/** Rows that are packed together, which is what stays in memory. */
const groupSize = 50_000;

/** A Parquet file, each column of its own type: text, number, yes or no, date, instant, list of texts, JSON. */
export function parquetTable(
	columns: readonly TableColumn[],
	write: (piece: Piece) => void
): TableFile {
	const bytes = new ByteWriter();
	const pass = () => {
		// It goes on to write over them.
		write(bytes.getBytes().slice());
		bytes.index = 0;
	};
	const writer = new ParquetWriter({
		writer: Object.assign(bytes, { flush: pass, finish: pass }),
		schema: [
			{ name: 'contacts', num_children: columns.length },
			...columns.flatMap(({ header, type }) => elementsOf(header, type))
		],
		createdBy: 'Winnow'
	});
	const readers = columns.map(({ type }) => valueReader(type));
	let waiting = columns.map((): unknown[] => []);
	let altered = 0;

	function flush() {
		if (!waiting[0] || waiting[0].length === 0) return;
		const columnData = columns.map(({ header }, i) => ({ name: header, data: waiting[i]! }));
		// Of a writer that is done at once it is done too.
		void writer.write({ columnData, rowGroupSize: groupSize });
		waiting = columns.map(() => []);
	}
	return {
		get altered() {
			return altered;
		},
		add(rows) {
			for (const cells of rows)
				for (let i = 0; i < columns.length; i++) {
					const cell = cells[i] ?? null;
					const value = cell === null ? undefined : readers[i]!(cell);
					if (cell !== null && value === undefined) altered++;
					waiting[i]!.push(value);
				}
			if (waiting[0] && waiting[0].length >= groupSize) flush();
		},
		end() {
			flush();
			void writer.finish();
		}
	};
}

function elementsOf(name: string, type: CellType): SchemaElement[] {
	const optional = { name, repetition_type: 'OPTIONAL' } as const;
	switch (type) {
		case 'text':
			return [{ ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }];
		case 'number':
			return [{ ...optional, type: 'DOUBLE' }];
		case 'boolean':
			return [{ ...optional, type: 'BOOLEAN' }];
		case 'date':
			return [{ ...optional, type: 'INT32', converted_type: 'DATE' }];
		case 'instant':
			return [{ ...optional, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }];
		case 'json':
			// As text: it is JSON already, and would be written as a text of JSON.
			return [{ ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }];
		case 'list':
			return [
				{ ...optional, num_children: 1, converted_type: 'LIST' },
				{ name: 'list', repetition_type: 'REPEATED', num_children: 1 },
				{
					name: 'element',
					repetition_type: 'OPTIONAL',
					type: 'BYTE_ARRAY',
					converted_type: 'UTF8'
				}
			];
	}
}

/** What a cell is in a column of a type; nothing where it is of another. */
function valueReader(type: CellType): (cell: NonNullable<Cell>) => unknown {
	switch (type) {
		case 'text':
		case 'json':
			return textOf;
		case 'number':
			return (cell) => (typeof cell === 'number' ? cell : undefined);
		case 'boolean':
			return (cell) => (typeof cell === 'boolean' ? cell : undefined);
		case 'date':
			return (cell) => dateOf(typeof cell === 'string' ? `${cell}T00:00:00Z` : '');
		case 'instant':
			return (cell) => dateOf(String(cell));
		case 'list':
			return (cell) => (typeof cell === 'object' ? cell : [textOf(cell)]);
	}
}

function dateOf(text: string): Date | undefined {
	const date = new Date(text);
	return Number.isNaN(date.getTime()) ? undefined : date;
}
