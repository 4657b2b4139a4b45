import type { NewDefinitions } from './discovery';
import { columnOf, valueOf, type RejectedRow, type RowProblem } from './problem';
import type { ValueCount } from './value-counts';

/** What became of the rows of a file. Every row is in exactly one of the first five. */
export interface Counts {
	/** New contacts, or new events. */
	readonly created: number;
	/** Contacts that were changed. */
	readonly updated: number;
	/** Contacts, or events, that were known just so, or were left alone. */
	readonly unchanged: number;
	/** About a contact, or an event, that an earlier row of the file is about. */
	readonly repeated: number;
	readonly rejected: number;
	/** Contacts made for events of people nobody knew. */
	readonly people: number;
	/** Refusals of consent, from before, that were kept against a consent in the file. */
	readonly refusalsKept: number;
	/** Contacts who have not confirmed yet, and stay so against a consent in the file. */
	readonly pendingKept: number;
	/** Rows that say something else of somebody's consent than an earlier row of the file. The more careful one counts. */
	readonly contradicted: number;
	/**
	 * Rows that say something of an address which several contacts have, so that it counts for all of them: new refusals
	 * of contacts, whose rows may be rejected for the rest; bounces, complaints and the like.
	 */
	readonly shared: number;
	/** Contacts of the file that are archived, and stay so. */
	readonly archived: number;
	/** New events of later than now. */
	readonly future: number;
	/** Values that could not be read, of rows that were taken without them. */
	readonly leftOut: number;
}

export const noCounts: Counts = {
	created: 0,
	updated: 0,
	unchanged: 0,
	repeated: 0,
	rejected: 0,
	people: 0,
	refusalsKept: 0,
	pendingKept: 0,
	contradicted: 0,
	shared: 0,
	archived: 0,
	future: 0,
	leftOut: 0
};

export const rowsOf = ({ created, updated, unchanged, repeated, rejected }: Counts): number =>
	created + updated + unchanged + repeated + rejected;

/** Rows with one problem in one column, with the first few of them. */
export interface ProblemGroup {
	readonly problem: RowProblem;
	readonly rows: number;
	/** With the cell, where it matters what is in it. */
	readonly examples: readonly { readonly line: number; readonly value: string }[];
}

export interface ColumnCount {
	readonly filled: number;
	/** Rows it rejects. */
	readonly problems: number;
	readonly leftOut: number;
	/** Of a column whose values somebody says the meaning of: the different ones in the whole file. */
	readonly values: readonly ValueCount[] | undefined;
}

export interface ImportReport {
	readonly counts: Counts;
	/** Why rows were rejected, most rows first; so are the next two. */
	readonly groups: readonly ProblemGroup[];
	/** Why values were left out. */
	readonly leftOut: readonly ProblemGroup[];
	/** Values that were taken and are worth a look. */
	readonly notices: readonly ProblemGroup[];
	/** The first rejected rows; all of them are in `rejectedFile`. */
	readonly rejected: readonly RejectedRow[];
	/** CSV of the rejected rows with line, column and reason; absent where there are none. */
	readonly rejectedFile: Blob | undefined;
	/** By column of the file. */
	readonly columns: readonly ColumnCount[];
	readonly definitions: NewDefinitions;
}

/** An import that was done, as listed. */
export interface ImportRun {
	readonly id: string;
	readonly file: string;
	readonly kind: 'contacts' | 'events';
	/** ISO 8601, in UTC. */
	readonly at: string;
	readonly counts: Counts;
	readonly undoneAt: string | undefined;
}

/** What undoing an import did, and what it left because somebody has changed it since. */
export interface UndoReport {
	readonly contactsRemoved: number;
	readonly contactsRestored: number;
	readonly eventsRemoved: number;
	/** Contacts with something the import wrote that is different by now. */
	readonly left: number;
	/** The first of them. */
	readonly examples: readonly { readonly cno: number; readonly name: string }[];
}

const examplesShown = 5;
const rejectedShown = 200;

/** Counts problems by kind and column while rows come by. */
export class ProblemCounts {
	readonly #groups = new Map<
		string,
		{ problem: RowProblem; rows: number; examples: ProblemGroup['examples'] }
	>();
	readonly #rejected: RejectedRow[];

	/** Goes on from what another one has counted. */
	constructor(from?: ProblemCounts) {
		this.#rejected = [...(from?.rejected ?? [])];
		for (const group of from?.groups ?? []) this.#groups.set(groupKey(group.problem), { ...group });
	}

	add(row: RejectedRow): void {
		if (this.#rejected.length < rejectedShown) this.#rejected.push(row);
		const seen = new Set<string>();
		for (const problem of row.problems) {
			const key = groupKey(problem);
			if (seen.has(key)) continue;
			seen.add(key);
			const group = this.#groups.get(key) ?? { problem, rows: 0, examples: [] };
			group.rows++;
			if (group.examples.length < examplesShown)
				group.examples = [...group.examples, { line: row.line, value: valueOf(problem) }];
			this.#groups.set(key, group);
		}
	}

	get groups(): ProblemGroup[] {
		return [...this.#groups.values()].sort((a, b) => b.rows - a.rows);
	}

	/** The first rows, in the order of the file. */
	get rejected(): RejectedRow[] {
		return this.#rejected.toSorted((a, b) => a.line - b.line);
	}

	/** How many rows have a problem in this column. */
	ofColumn(name: string): number {
		return this.groups
			.filter(({ problem }) => columnOf(problem) === name)
			.reduce((sum, { rows }) => sum + rows, 0);
	}
}

/** Domains that are meant as others are each a group of their own, and rows whose refusals count are another one. */
const groupKey = (problem: RowProblem): string =>
	`${problem.type} ${columnOf(problem)} ${problem.type === 'MisspeltDomain' ? problem.domain : 'refused' in problem}`;

/** Tells a group from the others of a report. */
export const keyOfGroup = ({ problem }: ProblemGroup): string => groupKey(problem);
