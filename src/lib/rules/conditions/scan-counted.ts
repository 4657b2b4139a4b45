import type { Bitmap } from '$lib/bitmap';
import type { Mirror } from '../mirror/columns';
import { countsIn, mostInByte, whoseCount } from '../mirror/counts';
import { whoIn, type Run } from '../mirror/runs';
import { countHolds, type CountTest } from '../operators/count';
import { asksWhetherAny } from './counted';

/** The contacts of `counted`: with a number of these events that passes, of those who have any; of failures if none passes. */
export function scanCounted(test: CountTest, mirror: Mirror, runs: readonly Run[]): Bitmap {
	const { size, tallies } = mirror;
	if (asksWhetherAny(test)) return whoIn(runs, size);
	const nonePasses = countHolds(test, 0);
	const most = 'n' in test ? test.n : test.to;
	const Kind = most < mostInByte ? Uint8ClampedArray : Uint32Array;
	const counts = tallies.of(Kind.name, runs, size, () => countsIn(runs, new Kind(size)));
	const holds = (count: number) => count > 0 && countHolds(test, count) !== nonePasses;
	return whoseCount(counts!, runs, holds);
}
