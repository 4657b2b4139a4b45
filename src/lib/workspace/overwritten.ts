import * as Y from 'yjs';
import { plainJson, sameJson, type Json } from '$lib/json';
import { byHand } from './gesture';
import { limitsOf, mapOf, ownerOf, type Root } from './registers';

/** A register that two people wrote at once. One value stands, on every device; the other is only known here. */
export interface Overwritten {
	readonly root: Root;
	readonly key: string;
	readonly segment: string;
	readonly stands: Json;
	readonly other: Json;
	/** What stands was here before; the other came. Else it is the other way round. */
	readonly mineStands: boolean;
	/** Who wrote what came, and what was here, where that is known. */
	readonly by: string | undefined;
	readonly hereBy: string | undefined;
}

/** Registers that say something by themselves. Where a node stands among others is seen at a glance, and moved again. */
const told = (root: Root, key: string): boolean =>
	root === 'nodes' ? key.endsWith('/b') : /\/(?:name|description|match)$/.test(key);

/**
 * Hears of every register that somebody else has written without knowing what was there, until the function it gives
 * back is called. Yjs decides which of the two values stands and lets go of the other; both are there to be read
 * only until the transaction is over.
 */
export function watchOverwritten(
	doc: Y.Doc,
	hear: (overwritten: readonly Overwritten[]) => void
): () => void {
	const onchange = (transaction: Y.Transaction) => {
		if (transaction.origin === byHand || transaction.local) return;
		const found = (['nodes', 'segments'] as const).flatMap((root) =>
			[...(transaction.changed.get(mapOf(doc, root) as never) ?? [])].flatMap((key) =>
				key !== null && told(root, key) ? (overwrittenIn(transaction, root, key) ?? []) : []
			)
		);
		if (found.length > 0) hear(found);
	};
	doc.on('afterTransaction', onchange);
	return () => doc.off('afterTransaction', onchange);
}

function overwrittenIn(
	transaction: Y.Transaction,
	root: Root,
	key: string
): Overwritten | undefined {
	const { doc } = transaction;
	const last = mapOf(doc, root)._map.get(key);
	if (!last) return;
	const writes = chain(last);
	const isNew = ({ id }: Y.Item) => id.clock >= (transaction.beforeState.get(id.client) ?? 0);
	const came = writes.filter(isNew);
	// What was here: the last write that was known before, unless somebody had taken it away.
	const here = writes.findLast((write) => !isNew(write));
	const newest = came.at(-1);
	if (!here || !newest) return;
	// Whoever wrote over it, or over what was written over it, knew it.
	if (came.some((write) => write.origin && isAt(here, write.origin))) return;

	const mineStands = last === here;
	const mine = valueOf(root, here);
	const theirs = valueOf(root, newest);
	if (mine === unreadable || theirs === unreadable) return;
	if (sameJson(mine, theirs)) return;
	return {
		...{ root, key, segment: ownerOf(key), mineStands },
		stands: mineStands ? mine : theirs,
		other: mineStands ? theirs : mine,
		by: authorOf(doc, ownerOf(key), newest.id.client),
		hereBy: authorOf(doc, ownerOf(key), here.id.client)
	};
}

/** All writes of a register that are still known of, in the order that Yjs gives them; the last one stands. */
function chain(last: Y.Item): Y.Item[] {
	const items: Y.Item[] = [];
	for (let item: Y.Item | null = last; item; item = item.left) items.unshift(item);
	return items;
}

const isAt = (item: Y.Item, { client, clock }: Y.ID): boolean =>
	item.id.client === client && item.id.clock <= clock && clock < item.id.clock + item.length;

const unreadable: unique symbol = Symbol('unreadable');

function valueOf(root: Root, { content }: Y.Item): Json | typeof unreadable {
	if (!(content instanceof Y.ContentAny)) return unreadable;
	const json = plainJson(content.arr.at(-1), limitsOf(root));
	return json.ok ? json.value : unreadable;
}

/** Who wrote under a client's number, by the last note of who touched the segment. */
function authorOf(doc: Y.Doc, segment: string, client: number): string | undefined {
	const last = mapOf(doc, 'segments')._map.get(`${segment}/updated`);
	const own = last && chain(last).findLast(({ id }) => id.client === client);
	const value: unknown = own && own.content instanceof Y.ContentAny ? own.content.arr.at(-1) : {};
	const by = (value as { by?: unknown } | undefined)?.by;
	return typeof by === 'string' ? by : undefined;
}
