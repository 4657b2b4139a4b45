import * as Y from 'yjs';

/** Levels of arrays and objects in a value. What the workspace reads has far fewer. */
const deepest = 100;

/** How often what does not go on yet is looked at again. Honest logs are in order but for a snapshot or two. */
const mostRounds = 5;

/**
 * Applies what members wrote, each as far as it is what a workspace document is made of and goes on from what is there.
 * Gives those that were left out. Whoever has the key may write what they like, and Yjs by itself would keep for later
 * what does not fit: a deletion of something that somebody has yet to write would then take it away the moment it comes.
 */
export function applyForeign(
	doc: Y.Doc,
	updates: readonly Uint8Array[],
	origin: unknown
): readonly Uint8Array[] {
	const refused: Uint8Array[] = [];
	let waiting = updates.flatMap((update) => {
		const read = readUpdate(update);
		if (read) return [{ update, read }];
		refused.push(update);
		return [];
	});
	const work = () => {
		// A snapshot may stand behind what goes on from it: whoever wrote that had the same from what it replaced.
		for (let round = 0; round < mostRounds && waiting.length > 0; round++) {
			waiting = waiting.filter(({ update, read }) => {
				if (!goesOn(doc, read)) return true;
				if (!applied(doc, update, origin)) refused.push(update);
				return false;
			});
		}
	};
	// None of it was written here, and whoever listens goes by that.
	Y.transact(doc, work, origin, false);
	return [...refused, ...waiting.map(({ update }) => update)];
}

type Read = ReturnType<typeof Y.decodeUpdate>;

/** Nothing for what is no update, or holds something else than registers of plain values. */
function readUpdate(update: Uint8Array): Read | undefined {
	try {
		const read = Y.decodeUpdate(update);
		return read.structs.every(isOfRegisters) ? read : undefined;
	} catch {
		return; // as many ways as there are bytes
	}
}

/**
 * Types in types, texts and documents in documents no device of ours writes, and none may begin to without a new epoch:
 * older ones would read nothing more. A value that is very deep can be read, but not be written again: nothing of the
 * document could be stored from then on.
 */
function isOfRegisters(struct: Read['structs'][number]): boolean {
	if (!(struct instanceof Y.Item)) return true;
	const { content } = struct;
	if (content instanceof Y.ContentAny) return content.arr.every(isShallow);
	return content instanceof Y.ContentBinary || content instanceof Y.ContentDeleted;
}

/** Without recursion, which is what it guards. */
function isShallow(value: unknown): boolean {
	let level = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > deepest) return false;
		level = level.flatMap((part) =>
			typeof part === 'object' && part !== null && !(part instanceof Uint8Array)
				? (Object.values(part) as unknown[])
				: []
		);
	}
	return true;
}

/** Whether all that an update refers to is in the document or in itself, without a gap. */
function goesOn(doc: Y.Doc, { structs, ds }: Read): boolean {
	const ends = new Map<number, number>();
	const endOf = (client: number) => ends.get(client) ?? Y.getState(doc.store, client);
	for (const struct of structs) {
		if (struct instanceof Y.Skip) continue; // a gap, unless all of it is there
		const { client, clock } = struct.id;
		if (clock > endOf(client)) return false;
		ends.set(client, Math.max(endOf(client), clock + struct.length));
	}
	const isKnown = (id: unknown) =>
		!(id instanceof Y.ID) || (id.clock < endOf(id.client) && id.clock >= 0);
	const isPlaced = (struct: Read['structs'][number]) =>
		!(struct instanceof Y.Item) ||
		(isKnown(struct.origin) && isKnown(struct.rightOrigin) && isKnown(struct.parent));
	return (
		structs.every(isPlaced) &&
		[...ds.clients].every(([client, gone]) =>
			gone.every(({ clock, len }) => clock + len <= endOf(client))
		)
	);
}

function applied(doc: Y.Doc, update: Uint8Array, origin: unknown): boolean {
	try {
		Y.applyUpdate(doc, update, origin);
		return true;
	} catch (error) {
		console.warn('A change from the relay cannot be made.', error);
		return false;
	}
}
