import { textKey } from '$lib/text-key';
import { textOf } from './values/text';

/** A value of a column, and how many rows have it. */
export interface ValueCount {
	readonly value: string;
	readonly rows: number;
}

/** Different cells that are told apart, and characters of one. A column with more does not have kinds of values. */
const most = 200;
const longest = 200;

/** Counts the different values of a column while its cells come by. */
export class ValueCounts {
	readonly #rows = new Map<string, number>();

	add(cell: string): void {
		const rows = this.#rows.get(cell);
		if (rows !== undefined) this.#rows.set(cell, rows + 1);
		else if (this.#rows.size < most && cell.length <= longest) this.#rows.set(cell, 1);
	}

	/** Without blank ones, most rows first. Those with the same text key are one, as it is written first. */
	get all(): ValueCount[] {
		const byKey = new Map<string, ValueCount>();
		for (const [cell, rows] of this.#rows) {
			const value = textOf(cell);
			const key = textKey(value);
			const known = byKey.get(key);
			if (key !== '')
				byKey.set(key, { value: known?.value ?? value, rows: rows + (known?.rows ?? 0) });
		}
		return [...byKey.values()].sort((a, b) => b.rows - a.rows);
	}
}

/**
 * Values to be decided on, by their text keys: those of the first rows, then those that are only further down; with their
 * rows where the whole file was counted. Different cells that say the same are one.
 */
export function valuesByKey(
	first: readonly ValueCount[],
	whole: readonly ValueCount[] | undefined
): Map<string, { readonly value: string; readonly rows: number | undefined }> {
	const rowsOf = new Map(whole?.map(({ value, rows }) => [textKey(value), rows]));
	const byKey = new Map<string, { value: string; rows: number | undefined }>();
	for (const { value } of [...first, ...(whole ?? [])]) {
		const key = textKey(value);
		if (!byKey.has(key)) byKey.set(key, { value, rows: rowsOf.get(key) });
	}
	return byKey;
}
