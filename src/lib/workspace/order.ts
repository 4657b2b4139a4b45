import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/** A node among its siblings: sorted by `order`, ties by `id`. */
export interface Placed {
	readonly id: string;
	readonly order: string;
}

export const byOrder = (a: Placed, b: Placed): number =>
	compare(a.order, b.order) || compare(a.id, b.id);

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const longest = 24;

/**
 * The order of a node put at `index` among its sorted siblings, and the new orders of those siblings that had to give
 * way. Two people who insert at one place make equal keys, between which there is no other; then as many of the
 * siblings that follow as it takes get new ones. Keys that are not keys, or grew long, are all made anew.
 */
export function orderAt(
	siblings: readonly Placed[],
	index: number
): { order: string; moved: readonly Placed[] } {
	const at = Math.min(Math.max(index, 0), siblings.length);
	if (siblings.some(({ order }) => !isKey(order))) return renewed(siblings, at, 0, siblings.length);

	const previous = siblings[at - 1]?.order ?? null;
	let end = at;
	while (previous !== null && end < siblings.length && siblings[end]!.order <= previous) end += 1;
	const made = renewed(siblings, at, at, end);
	const tooLong = [made.order, ...made.moved.map(({ order }) => order)].some(
		(order) => order.length > longest
	);
	return tooLong ? renewed(siblings, at, 0, siblings.length) : made;
}

/** Fresh orders for `ids`, in the order given. */
export function ordersOf(ids: readonly string[]): Placed[] {
	const orders = generateNKeysBetween(null, null, ids.length);
	return ids.map((id, i) => ({ id, order: orders[i]! }));
}

/** Whether these orders can stay as they are for nodes in this sequence. */
export const areAscending = (orders: readonly string[]): boolean =>
	orders.every((order, i) => isKey(order) && (i === 0 || orders[i - 1]! < order));

/** The siblings from `from` to `to`, and a new one at `at` between them, given new orders between their neighbours. */
function renewed(siblings: readonly Placed[], at: number, from: number, to: number) {
	const before = siblings[from - 1]?.order ?? null;
	const after = siblings[to]?.order ?? null;
	const orders = generateNKeysBetween(before, after, to - from + 1);
	const [order] = orders.splice(at - from, 1);
	const moved = siblings.slice(from, to).map(({ id }, i) => ({ id, order: orders[i]! }));
	return { order: order!, moved };
}

/** The library throws at what is not one of its keys, or makes nonsense of it; orders may come from any device. */
function isKey(order: string): boolean {
	if (!/^[0-9A-Za-z]{2,64}$/.test(order)) return false;
	try {
		generateKeyBetween(order, null);
		return true;
	} catch {
		return false;
	}
}
