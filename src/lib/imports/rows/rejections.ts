import type { RawRow } from '../file/rows';
import type { RowProblem } from '../problem';
import { ProblemCounts } from '../report';
import { rejectedHeader, rejectedLine } from './rejected-file';

/** The rejected rows of a file: counted by problem, and as the text of a CSV in pieces. */
export class Rejections {
	readonly counts: ProblemCounts;
	/** In the order they were found: some when the file was read, others when they met the contacts. */
	readonly lines: { readonly line: number; readonly text: string }[];
	readonly #columns: readonly string[];

	constructor(columns: readonly string[], from?: Rejections) {
		this.#columns = columns;
		this.counts = new ProblemCounts(from?.counts);
		this.lines = [...(from?.lines ?? [])];
	}

	/** How many rows there are. */
	get rows(): number {
		return this.lines.length;
	}

	add(row: RawRow, problems: readonly RowProblem[]): void {
		this.counts.add({ line: row.line, problems });
		this.lines.push({ line: row.line, text: rejectedLine(row, problems) });
	}

	/** The CSV in pieces, with its header, in the order of the file. */
	get text(): string[] {
		const inOrder = [...this.lines].sort((a, b) => a.line - b.line);
		return [rejectedHeader(this.#columns), ...inOrder.map(({ text }) => text)];
	}
}
