import { textOf } from '../values/text';

/** An address, a number or a date: what stands in a table, and not above it. */
export function looksLikeData(cell: string): boolean {
	const text = cell.trim();
	return (
		/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ||
		/^[-+]?[\d.,'\s]*\d[\d.,'\s]*$/.test(text) ||
		/^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/.test(text)
	);
}

/** Names for the columns of a table: as its header says, and where it says nothing by number; never two alike. */
export function columnNames(header: readonly string[], width: number): string[] {
	const names: string[] = [];
	const taken = new Set<string>();
	for (let i = 0; i < width; i++) {
		const given =
			textOf(header[i] ?? '')
				.replaceAll(/\s+/g, ' ')
				.slice(0, 200) || `Column ${i + 1}`;
		let name = given;
		for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${given} (${n})`;
		taken.add(name.toLowerCase());
		names.push(name);
	}
	return names;
}
