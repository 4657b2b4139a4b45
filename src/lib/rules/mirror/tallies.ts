import { bytesOf } from './bytes-of';
import type { Run } from './runs';

/** Bytes kept at most. Of a million contacts counts take 1 MB, and other results 12 MB if all have one. */
const mostBytes = 32_000_000;

/**
 * What events came to for each contact, as it was worked out last. While somebody edits a number that it is compared with,
 * the events need not be gone through again.
 */
export class Tallies {
	/** The one used last comes last. */
	readonly #kept = new Map<string, object>();
	/** Columns by a number of their own: one that is read again is another. */
	readonly #numbers = new WeakMap<Int32Array, number>();
	#next = 0;

	/** `what` these events come to, for so many contacts. Nothing where `work` gives nothing, which is not kept. */
	of<T extends object>(
		what: string,
		runs: readonly Run[],
		size: number,
		work: (runs: readonly Run[], size: number) => T | undefined
	): T | undefined {
		const key = JSON.stringify([what, size, runs.map((run) => this.#said(run))]);
		const known = this.#kept.get(key) as T | undefined; // what is called the same is of one type
		const tally = known ?? work(runs, size);
		if (!tally) return;
		this.#kept.delete(key);
		this.#kept.set(key, tally);
		let bytes = [...this.#kept.values()].reduce((sum, one) => sum + bytesOf(one), 0);
		for (const [oldest, one] of this.#kept) {
			if (bytes <= mostBytes) break;
			this.#kept.delete(oldest);
			bytes -= bytesOf(one);
		}
		return tally;
	}

	clear(): void {
		this.#kept.clear();
	}

	#said({ events: { cno }, from, to, filters }: Run): unknown {
		const number = this.#numbers.get(cno) ?? this.#next++;
		this.#numbers.set(cno, number);
		return [number, from, to, filters.map(({ said }) => said)];
	}
}
