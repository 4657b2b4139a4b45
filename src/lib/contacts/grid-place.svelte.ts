import type { RowRange } from '$lib/ui/virtual.svelte';
import type { Cell } from './cell';

/**
 * The one cell of a grid that has the focus, or gets it with Tab. Rows come and go as they are scrolled: while its row is
 * away the grid itself keeps the focus, so that the keys go on working.
 */
export class GridPlace {
	#cell = $state.raw<Cell>({ row: 0, column: 0 });
	/** The focus is to be on the cell as soon as it is there. */
	#wanted = false;
	#grid: HTMLElement | undefined;

	get cell(): Cell {
		return this.#cell;
	}

	is(row: number, column: number): boolean {
		return this.#cell.row === row && this.#cell.column === column;
	}

	/** Makes another cell the one; the focus goes there now or when it is drawn. */
	go(cell: Cell): void {
		this.#cell = cell;
		this.#wanted = true;
		const element = this.#focused();
		if (element) this.#focus(element);
	}

	/** To the first row, without taking the focus from where it is. */
	reset(): void {
		this.#cell = { row: 0, column: this.#cell.column };
	}

	/** Back to where one was, after an editor or a panel has gone. */
	return(): void {
		this.go(this.#cell);
	}

	/** Goes on the element that holds the grid, which must take the focus. */
	readonly grid = (element: HTMLElement) => {
		this.#grid = element;
		return () => (this.#grid = undefined);
	};

	/** Goes on the cell that is the one. */
	readonly attach = (element: HTMLElement) => {
		if (this.#wanted || document.activeElement === this.#grid) this.#focus(element);
		this.#wanted = false;
	};

	/** To be told before rows are taken out of the document. */
	drawn({ first, last }: RowRange): void {
		const grid = this.#grid;
		const away = this.#cell.row < first || this.#cell.row > last;
		if (away && grid?.contains(document.activeElement)) grid.focus({ preventScroll: true });
	}

	/** Rows are scrolled to by their number; what is left to do is to show the column. */
	#focus(element: HTMLElement): void {
		element.focus({ preventScroll: true });
		const grid = this.#grid;
		if (!grid) return;
		// Before the first column stand the boxes that select.
		const start = this.#cell.column === 0 ? 0 : element.offsetLeft;
		const end = element.offsetLeft + element.offsetWidth;
		if (start < grid.scrollLeft) grid.scrollLeft = start;
		else if (end > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = end - grid.clientWidth;
	}

	#focused(): HTMLElement | null | undefined {
		return this.#grid?.querySelector<HTMLElement>('[data-place]');
	}
}
