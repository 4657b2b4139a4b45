import * as Y from 'yjs';
import { plainJson, sameJson, type Json } from '$lib/json';
import { err, ok, type Result } from '$lib/result';
import { limitsOf, roots, type Root } from './registers';

/** How large a document has become; what was overwritten and deleted is counted with it. */
export interface DocumentSize {
	readonly bytes: number;
	/** Devices and sessions that ever wrote in it. */
	readonly clients: number;
	/** Of all that was ever written, how much is not there any more: 0 to 1. */
	readonly gone: number;
}

/** When a document is worth beginning anew. A small one has nothing to win. */
export const isCompactionDue = ({ bytes, clients, gone }: DocumentSize): boolean =>
	bytes > 8 * 1024 * 1024 || clients > 2_000 || (gone > 0.6 && bytes > 256 * 1024);

export function sizeOf(doc: Y.Doc): DocumentSize {
	let [all, gone] = [0, 0];
	for (const structs of doc.store.clients.values())
		for (const struct of structs) {
			all += struct.length;
			if (struct.deleted) gone += struct.length;
		}
	const { length: bytes } = Y.encodeStateAsUpdate(doc);
	return { bytes, clients: doc.store.clients.size, gone: all === 0 ? 0 : gone / all };
}

/**
 * The document begun anew, one epoch later: every register as it is stored, also of kinds and roots nobody knows here,
 * without what was overwritten. Two devices that do so at once make the same contents, which merge into one. Refused
 * where something is not a register: copied twice, it would be there twice.
 */
export function compact(doc: Y.Doc): Result<Y.Doc, 'notRegisters'> {
	const next = new Y.Doc();
	const contents = rawContents(doc);
	if (!contents) return err('notRegisters');
	next.transact(() => {
		for (const [root, registers] of contents) {
			const map = next.getMap(root);
			const own = root === 'meta' ? registers.filter(([key]) => key !== 'epoch') : registers;
			for (const [key, value] of own) map.set(key, value);
		}
		next.getMap('meta').set('epoch', epochOf(doc) + 1);
	});
	return ok(next);
}

/** The number of a document's epoch; what does not read counts as the first. */
export function epochOf(doc: Y.Doc): number {
	const epoch: unknown = doc.getMap('meta').get('epoch');
	return typeof epoch === 'number' && Number.isSafeInteger(epoch) && epoch >= 0 ? epoch : 0;
}

/** A register that was changed both here, before the new epoch was known, and there. It is as there. */
export interface EpochConflict {
	readonly root: string;
	readonly key: string;
	/** `undefined` is: not there. */
	readonly fork: Json | undefined;
	readonly mine: Json | undefined;
	readonly theirs: Json | undefined;
}

export interface Replayed {
	/** Registers that were changed here only, and are now so in the new epoch too. */
	readonly applied: number;
	readonly conflicts: readonly EpochConflict[];
}

/**
 * Makes again, in the next epoch, what was changed in the old one without being there: register by register, where it
 * is still as it was when the epochs parted. `fork` is the old document as the next one was made of it; `mine` has all
 * of that and what was changed here.
 *
 * A draft of which some came from here and some was changed there has been seen by nobody, and asks for a look: what
 * was noted as seen is a register like the others, and does not fit the whole.
 */
export function replay(fork: Y.Doc, mine: Y.Doc, next: Y.Doc): Replayed {
	let applied = 0;
	const conflicts: EpochConflict[] = [];
	next.transact(() => {
		for (const root of new Set([...fork.share.keys(), ...mine.share.keys()])) {
			if (root === 'meta') continue;
			const [was, here, there] = [fork, mine, next].map((doc) => doc.getMap(root));
			for (const key of new Set([...was!.keys(), ...here!.keys()])) {
				const [before, own, now] = [was!.get(key), here!.get(key), there!.get(key)];
				if (sameJson(before, own) || sameJson(own, now)) continue;
				if (sameJson(before, now)) {
					if (own === undefined) there!.delete(key);
					else there!.set(key, own);
					applied += 1;
				} else if (!isBookkeeping(root, key)) {
					const [fork, mine, theirs] = [before, own, now].map((value) => readable(root, value));
					conflicts.push({ root, key, fork, mine, theirs });
				}
			}
		}
	});
	return { applied, conflicts };
}

/** What gestures note of themselves: nobody decides about it. */
const isBookkeeping = (root: string, key: string): boolean =>
	root === 'segments' && /\/(?:seen|ok|updated|builder)$/.test(key);

function readable(root: string, value: unknown): Json | undefined {
	const known = roots.find((name) => name === root) ?? ('nodes' satisfies Root);
	const json = plainJson(value, limitsOf(known));
	return json.ok ? json.value : undefined;
}

/** Every root with its registers, or nothing if there is anything but plain values in maps. */
function rawContents(doc: Y.Doc): Map<string, [string, unknown][]> | undefined {
	const contents = new Map<string, [string, unknown][]>();
	for (const [root, type] of doc.share) {
		// A text or a list has a beginning; whatever a root was opened as here, that tells them apart.
		if (type._start !== null) return;
		const registers = [...doc.getMap(root).entries()];
		if (registers.some(([, value]) => value instanceof Y.AbstractType || value instanceof Y.Doc))
			return;
		contents.set(root, registers);
	}
	return contents;
}
