import * as z from 'zod/mini';

/** The last count of a segment that was exact, for while there is no newer one. */
export interface KeptCount {
	readonly total: number;
	readonly everyone: number;
	/** Epoch milliseconds: the `now` it was counted for. */
	readonly at: number;
	/** Shares of the small stream, each from 0 to 1. */
	readonly shares: readonly number[];
}

/** localStorage: beside the data they count. Deleted with all else of its namespace. */
const key = (namespace: string): string => `${namespace}:counts`;
const most = 2_000;

const KeptCounts = z.record(
	z.string(),
	z.object({
		total: z.number(),
		everyone: z.number(),
		at: z.number(),
		shares: z.array(z.number())
	})
);

/**
 * By segment id, of the workspace with this namespace: a restored file, say, brings the same ids into another. Kept on this
 * device.
 */
export function readKeptCounts(namespace: string): Readonly<Record<string, KeptCount>> {
	try {
		const read = KeptCounts.safeParse(JSON.parse(localStorage.getItem(key(namespace)) ?? '{}'));
		return read.success ? read.data : {};
	} catch {
		return {}; // storage is refused, or not ours
	}
}

/** Adds or replaces counts; the oldest go when there are very many. */
export function keepCounts(namespace: string, counts: Readonly<Record<string, KeptCount>>): void {
	const all = Object.entries({ ...readKeptCounts(namespace), ...counts });
	const kept = all.sort(([, a], [, b]) => b.at - a.at).slice(0, most);
	try {
		localStorage.setItem(key(namespace), JSON.stringify(Object.fromEntries(kept)));
	} catch {
		// Storage is refused or full: the next visit begins without them.
	}
}
