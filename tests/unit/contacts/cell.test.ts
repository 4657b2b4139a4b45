import { expect, test } from 'vitest';
import { cellAfter } from '$lib/contacts/cell';

const size = { rows: 100, columns: 5, page: 10 };
const from = (row: number, column: number, key: string, far = false) => {
	const cell = cellAfter({ row, column }, key, far, size);
	return cell && [cell.row, cell.column];
};

test('keys move by a cell, by a page and to the ends', () => {
	expect(from(4, 2, 'ArrowUp')).toEqual([3, 2]);
	expect(from(4, 2, 'ArrowDown')).toEqual([5, 2]);
	expect(from(4, 2, 'ArrowLeft')).toEqual([4, 1]);
	expect(from(4, 2, 'ArrowRight')).toEqual([4, 3]);
	expect(from(50, 2, 'PageUp')).toEqual([40, 2]);
	expect(from(50, 2, 'PageDown')).toEqual([60, 2]);
	expect(from(50, 2, 'Home')).toEqual([50, 0]);
	expect(from(50, 2, 'End')).toEqual([50, 4]);
	expect(from(50, 2, 'Home', true)).toEqual([0, 0]);
	expect(from(50, 2, 'End', true)).toEqual([99, 4]);
	expect(from(50, 2, 'ArrowDown', true)).toEqual([99, 2]);
	expect(from(50, 2, 'ArrowLeft', true)).toEqual([50, 0]);
});

test('nothing moves beyond the edges, and other keys do not move', () => {
	expect(from(0, 0, 'ArrowUp')).toEqual([0, 0]);
	expect(from(0, 0, 'ArrowLeft')).toEqual([0, 0]);
	expect(from(99, 4, 'ArrowDown')).toEqual([99, 4]);
	expect(from(99, 4, 'ArrowRight')).toEqual([99, 4]);
	expect(from(95, 4, 'PageDown')).toEqual([99, 4]);
	expect(from(3, 4, 'PageUp')).toEqual([0, 4]);
	expect(from(4, 2, 'Enter')).toBeUndefined();
	expect(from(4, 2, 'a')).toBeUndefined();
});
