/** A place in a grid: row and column from 0. */
export interface Cell {
	readonly row: number;
	readonly column: number;
}

interface Size {
	readonly rows: number;
	readonly columns: number;
	/** Rows that Page Up and Page Down go. */
	readonly page: number;
}

/** Where a key leads to in a grid, or nothing if it is not one of those that move. With `far`: Ctrl or Command. */
export function cellAfter(cell: Cell, key: string, far: boolean, size: Size): Cell | undefined {
	const { rows, columns, page } = size;
	const to = (row: number, column: number): Cell => ({
		row: Math.max(0, Math.min(rows - 1, row)),
		column: Math.max(0, Math.min(columns - 1, column))
	});
	const { row, column } = cell;
	switch (key) {
		case 'ArrowUp':
			return to(far ? 0 : row - 1, column);
		case 'ArrowDown':
			return to(far ? rows - 1 : row + 1, column);
		case 'ArrowLeft':
			return to(row, far ? 0 : column - 1);
		case 'ArrowRight':
			return to(row, far ? columns - 1 : column + 1);
		case 'Home':
			return to(far ? 0 : row, 0);
		case 'End':
			return to(far ? rows - 1 : row, columns - 1);
		case 'PageUp':
			return to(row - page, column);
		case 'PageDown':
			return to(row + page, column);
		default:
			return undefined;
	}
}
