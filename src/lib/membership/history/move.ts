import type { Bitmap } from '$lib/bitmap';

/**
 * Why somebody entered or left: something about contacts changed, the rule did, or time passed. `began`: was there when
 * the segment's history began. `recomputed`: on a day before that, by what is known today.
 */
export const causes = ['data', 'rule', 'time', 'began', 'recomputed'] as const;
export type Cause = (typeof causes)[number];

/** All who entered a segment, or left it, at one instant for one cause. */
export interface Move {
	readonly segment: string;
	/** Epoch milliseconds */
	readonly at: number;
	readonly entered: boolean;
	readonly cause: Cause;
	readonly who: Bitmap;
}

/** Why those who move do: the contacts that changed because of that, where there are any, all others otherwise. */
export interface Causes {
	readonly changed?: Bitmap | undefined;
	readonly otherwise: Cause;
}

/** Who came and who went from one set to the next. */
export function movesBetween(
	before: Bitmap,
	after: Bitmap,
	{ changed, otherwise, ...when }: Pick<Move, 'segment' | 'at'> & Causes
): Move[] {
	const both = [
		{ entered: true, who: after.minus(before) },
		{ entered: false, who: before.minus(after) }
	];
	return both
		.flatMap(({ entered, who }): Move[] => {
			const move = { ...when, entered };
			if (!changed) return [{ ...move, cause: otherwise, who }];
			return [
				{ ...move, cause: 'data', who: who.and(changed) },
				{ ...move, cause: otherwise, who: who.minus(changed) }
			];
		})
		.filter(({ who }) => who.count > 0);
}

/** A set after these moves, in their order. */
export const withMoves = (set: Bitmap, moves: readonly Pick<Move, 'entered' | 'who'>[]): Bitmap =>
	moves.reduce((set, { entered, who }) => (entered ? set.or(who) : set.minus(who)), set);
