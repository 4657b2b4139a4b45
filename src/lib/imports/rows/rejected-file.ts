import { guardedCell } from '$lib/csv-guard';
import type { RawRow } from '../file/rows';
import { columnOf, describeProblem, type RowProblem } from '../problem';

/** The header of the file of rejected rows. */
export const rejectedHeader = (columns: readonly string[]): string =>
	`${line(['Line', 'Column', 'Reason', ...columns.map(guardedCell)])}\r\n`;

/** A rejected row as it stood, with where it is and every reason. */
export const rejectedLine = (row: RawRow, problems: readonly RowProblem[]): string =>
	`${line([
		String(row.line),
		[...new Set(problems.map(columnOf))].filter(Boolean).join('; '),
		problems.map((problem) => reasonOf(problem, problems.length > 1)).join('; '),
		...row.cells.map((cell) => guardedCell(cell.replaceAll('\0', '')))
	])}\r\n`;

const reasonOf = (problem: RowProblem, several: boolean): string => {
	const column = columnOf(problem);
	return several && column ? `${column}: ${describeProblem(problem)}` : describeProblem(problem);
};

const line = (cells: readonly string[]): string => cells.map(quoted).join(',');

const quoted = (cell: string): string =>
	/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
