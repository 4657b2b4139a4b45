import { Bitmap } from '$lib/bitmap';
import type { Mirror, MirrorPart } from './columns';

/** A set answered from a mirror: the same as its statement gives. */
export interface Scan {
	readonly parts: readonly MirrorPart[];
	/** Asked when all parts are there. Nothing where only the database can be exact: the sums are too large, say. */
	run(mirror: Mirror): Bitmap | undefined;
}

/** The numbers below `size` for which `isIn` holds. */
export function bitmapWhere(size: number, isIn: (n: number) => boolean): Bitmap {
	const words = new Uint32Array(Math.ceil(size / 32));
	for (let n = 0; n < size; n++) if (isIn(n)) words[n >>> 5]! |= 1 << (n & 31);
	return new Bitmap(words);
}
