import type { Bitmap } from '$lib/bitmap';

/** More sets have more regions than anybody reads: with twelve there may be 4,096. */
export const mostSets = 12;

/** Those who are in some of a number of sets, and in no other of them. */
export interface RegionCount {
	/** Bit `i` is set if they are in the set at `i`; 0 are those in none. */
	readonly mask: number;
	readonly count: number;
}

/**
 * Every region of these sets, `mostSets` at most, that has somebody in it, by rising mask; together they are everyone.
 * Of 32 contacts at a time, each set marks its own, which costs as much as there are members and no more.
 */
export function countRegions(sets: readonly Bitmap[], everyone: Bitmap): RegionCount[] {
	if (sets.length > mostSets) throw new RangeError(`Cannot overlap ${sets.length} sets.`);
	const counts = new Uint32Array(1 << sets.length);
	const masks = new Uint16Array(32);

	for (const [at, all] of everyone.words.entries()) {
		if (all === 0) continue;
		masks.fill(0);
		for (let i = 0; i < sets.length; i++)
			for (let rest = sets[i]!.words[at] ?? 0; rest !== 0; rest &= rest - 1)
				masks[lowestBit(rest)]! |= 1 << i;
		for (let rest = all; rest !== 0; rest &= rest - 1) counts[masks[lowestBit(rest)]!]!++;
	}
	return [...counts].flatMap((count, mask) => (count > 0 ? [{ mask, count }] : []));
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);
