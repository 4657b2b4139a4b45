import type { RawRow } from '../file/rows';
import type { RowProblem } from '../problem';
import { ProblemCounts } from '../report';
import { rejectedHeader, rejectedLine } from './csv';

/** The rejected rows of a file: counted by problem, and as the text of a CSV in pieces. */
export class Rejections {
	readonly counts: ProblemCounts;
	readonly lines: string[];
	readonly #columns: readonly string[];
	#rows: number;

	constructor(columns: readonly string[], from?: Rejections) {
		this.#columns = columns;
		this.counts = new ProblemCounts(from?.counts);
		this.lines = [...(from?.lines ?? [])];
		this.#rows = from?.rows ?? 0;
	}

	/** How many rows there are. */
	get rows(): number {
		return this.#rows;
	}

	add(row: RawRow, problems: readonly RowProblem[]): void {
		this.#rows++;
		this.counts.add({ line: row.line, problems });
		this.lines.push(rejectedLine(row, problems));
	}

	/** Of each column, how many rows it rejects. */
	ofColumn(name: string): number {
		return this.counts.groups
			.filter(({ problem }) => 'column' in problem && problem.column === name)
			.reduce((sum, { rows }) => sum + rows, 0);
	}

	/** The CSV in pieces, with its header. */
	get text(): string[] {
		return [rejectedHeader(this.#columns), ...this.lines];
	}
}
