import {
	elementScroll,
	observeElementOffset,
	observeElementRect,
	Virtualizer
} from '@tanstack/virtual-core';

/** No browser lays out an element higher than about 17 million pixels; beyond, scrolling is stretched. */
const highest = 15_000_000;
/** With the rows of a tall screen at the compact density this stays under 60 in the document. */
const spare = 4;

export interface VirtualRow {
	readonly index: number;
	/** In pixels from the top of the rows. */
	readonly top: number;
}

/** The first and the last row that are drawn; `last` is -1 when there are none. */
export interface RowRange {
	readonly first: number;
	readonly last: number;
}

/** The few rows of a long list that can be seen. All rows are equally high. */
export class VirtualWindow {
	#rows = $state.raw<readonly VirtualRow[]>([]);
	#show: ((index: number) => void) | undefined;
	#range: RowRange = { first: 0, last: -1 };
	readonly #onrange: ((range: RowRange) => void) | undefined;
	readonly #size: () => { readonly count: number; readonly rowHeight: number };

	/** @param onrange which rows are drawn, whenever that changes: for asking for just those */
	constructor(
		size: () => { readonly count: number; readonly rowHeight: number },
		onrange?: (range: RowRange) => void
	) {
		this.#size = size;
		this.#onrange = onrange;
	}

	/** To be drawn now, in order. */
	get rows(): readonly VirtualRow[] {
		return this.#rows;
	}

	/** The height of the element that holds the rows, in pixels. */
	get height(): number {
		const { count, rowHeight } = this.#size();
		return Math.min(highest, count * rowHeight);
	}

	/** Scrolls as little as is needed to show the row. */
	show(index: number): void {
		this.#show?.(index);
	}

	/** Goes on the element that scrolls; what stands above the rows in it is a sticky header. */
	readonly attach = (scroller: HTMLElement) => {
		const head = () => scroller.querySelector<HTMLElement>('[data-rows]')?.offsetTop ?? 0;
		const seen = () => scroller.clientHeight - head();
		const stretch = () => {
			const full = this.#size().count * this.#size().rowHeight;
			return full > highest ? (full - seen()) / (highest - seen()) : 1;
		};
		const virtualizer = new Virtualizer<HTMLElement, Element>({
			count: 0,
			estimateSize: () => this.#size().rowHeight,
			getScrollElement: () => scroller,
			overscan: spare,
			observeElementRect,
			observeElementOffset: (instance, tell) =>
				observeElementOffset(instance, (offset, moving) => tell(offset * stretch(), moving)),
			scrollToFn: elementScroll,
			onChange: () => draw()
		});
		const draw = () => {
			// Stretched: the rows are set where the eye is, not where they would be in the full height.
			const shift = scroller.scrollTop * (stretch() - 1);
			const items = virtualizer.getVirtualItems();
			this.#rows = items.map(({ index, start }) => ({ index, top: Math.round(start - shift) }));
			this.#tell({ first: items[0]?.index ?? 0, last: items.at(-1)?.index ?? -1 });
		};
		// The virtualizer's own would stop where the element ends, before the last of a million.
		this.#show = (index) => {
			const { rowHeight } = this.#size();
			const offset = scroller.scrollTop * stretch();
			const top = index * rowHeight;
			const lowest = top + rowHeight - seen();
			if (top < offset) scroller.scrollTop = top / stretch();
			else if (lowest > offset) scroller.scrollTop = lowest / stretch();
		};
		const unmount = virtualizer._didMount();

		$effect(() => {
			const { count, rowHeight } = this.#size();
			virtualizer.setOptions({ ...virtualizer.options, count, estimateSize: () => rowHeight });
			virtualizer.measure();
			virtualizer._willUpdate();
			draw();
		});
		return () => {
			unmount();
			this.#show = undefined;
		};
	};

	#tell(range: RowRange): void {
		if (range.first === this.#range.first && range.last === this.#range.last) return;
		this.#range = range;
		this.#onrange?.(range);
	}
}
