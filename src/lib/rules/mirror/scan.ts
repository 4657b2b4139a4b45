import { Bitmap } from '$lib/bitmap';
import type { Mirror, MirrorPart } from './columns';

/** A set answered from a mirror: the same contacts as its statement gives. Numbers that nobody has may be in it. */
export interface Scan {
	readonly parts: readonly MirrorPart[];
	/** How it goes through them: what has the same is done by the same code. */
	readonly way: 'pick' | 'any' | 'count' | 'sum' | 'extreme';
	/** Asked when all parts are there. Nothing where only the database can be exact: the sums are too large, say. */
	run(mirror: Mirror): Bitmap | undefined;
}

/** Everyone who is not archived. */
export const everyoneScan: Scan = {
	parts: [{ type: 'everyone' }],
	way: 'pick',
	run: (mirror) => {
		const words = new Uint32Array(Math.ceil(mirror.size / 32));
		// The last contacts may have gone since it was read.
		words.set(mirror.everyone().words.subarray(0, words.length));
		return new Bitmap(words);
	}
};
