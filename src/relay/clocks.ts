import * as Y from 'yjs';

/** What a Yjs update says it holds: of each client from one clock up to another. */
export type Spans = ReadonlyMap<number, readonly [from: number, to: number]>;

/** Throws for what is no update. */
export function spansOf(update: Uint8Array): Spans {
	const { from, to } = Y.parseUpdateMeta(update);
	return new Map([...to].map(([client, end]) => [client, [from.get(client) ?? 0, end]]));
}

/**
 * How far of each client everything is in the log. What follows on a gap waits for what fills it: its sender may have
 * told another relay, which has not stored it yet.
 */
export class StoredClocks {
	readonly #clocks: Map<number, number>;
	readonly #held = new Map<number, [number, number][]>();

	constructor(start: ReadonlyMap<number, number>) {
		this.#clocks = new Map(start);
	}

	of(client: number): number {
		return this.#clocks.get(client) ?? 0;
	}

	/** Notes that an update is in the log. */
	add(spans: Spans): void {
		for (const [client, [from, to]] of spans) {
			const held = [...(this.#held.get(client) ?? []), [from, to] as [number, number]];
			held.sort(([a], [b]) => a - b);
			let clock = this.of(client);
			while (held[0] && held[0][0] <= clock) clock = Math.max(clock, held.shift()![1]);
			this.#clocks.set(client, clock);
			if (held.length > 0) this.#held.set(client, held);
			else this.#held.delete(client);
		}
	}

	/** Whether all of a document is in the log, by its state vector. */
	cover(document: ReadonlyMap<number, number>): boolean {
		return [...document].every(([client, clock]) => clock <= this.of(client));
	}

	/** As a state vector, to ask a document for what is not in the log. */
	vector(): Uint8Array {
		return Y.encodeStateVector(new Map(this.#clocks));
	}
}

/** By client, the clock up to which a document knows everything. */
export const vectorOf = (document: Y.Doc): Map<number, number> =>
	Y.decodeStateVector(Y.encodeStateVector(document));

/** Whether a document holds back something because something before it is missing. */
export const hasPending = ({ store }: Y.Doc): boolean =>
	store.pendingStructs !== null || store.pendingDs !== null;
