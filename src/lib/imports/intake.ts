import type { Queryable } from '$lib/db/db';
import type { RowProblem } from './problem';
import type { Counts } from './report';

/** Takes the drafts of one import part by part: matches them to what is known, counts, and writes. */
export interface Intake<Draft> {
	/**
	 * What becomes of a part. Written where `write` says so, else only counted. Gives the drafts that are rejected after
	 * all, by place.
	 */
	take(db: Queryable, drafts: readonly Draft[], write: boolean): Promise<readonly LateRejection[]>;
	readonly counts: Counts;
	/** Numbers of the contacts made so far, from `first` to before `next`. */
	readonly made: { readonly first: number; readonly next: number };
}

export interface LateRejection {
	readonly index: number;
	readonly problem: RowProblem;
}
