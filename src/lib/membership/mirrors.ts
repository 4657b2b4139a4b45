import type { Bitmap } from '$lib/bitmap';
import type { Change, Database } from '$lib/db/db';
import { pause } from '$lib/pause';
import type { EventColumns, FieldColumn, Mirror, MirrorPart } from '$lib/rules/mirror/columns';
import type { Scan } from '$lib/rules/mirror/scan';
import { readEvents, readField } from './read-columns';

/** A part that is there, and the contacts that changed since it was read. */
interface Held {
	/** Nothing where the part is the database's: it has too many different values. */
	readonly column: FieldColumn | EventColumns | undefined;
	readonly changed: Set<number>;
}

/** Above so many changed contacts a part is read anew. */
const mostChanged = 2000;
/** What is held at most. A million contacts take 4 MB a field with few values and 8 MB a number, an event 12 to 24 bytes. */
const mostBytes = 400_000_000;

/**
 * Columns of the database held in memory, which answer conditions some ten times faster than it. What is asked for is
 * read when there is time, a little at once; until then, and for what a mirror does not hold, the database answers. A
 * write only notes whom it changed: what those are is asked of the database, about them alone, until the part is read
 * anew. Bulk work drops everything.
 */
export class Mirrors {
	readonly #database: Database;
	readonly #rest: number;
	/** The one used last comes last. */
	readonly #held = new Map<string, Held>();
	readonly #wanted = new Map<string, MirrorPart>();
	/** The contacts that change while a part is read. */
	#meanwhile = new Map<string, Set<number>>();
	#reading: Promise<void> | undefined;
	/** Rises with bulk work, so that what was read before it is not held. */
	#epoch = 0;
	/** When somebody last asked. */
	#asked = 0;

	/** Reads when nobody has asked anything for `rest` milliseconds: what is on the page comes first. */
	constructor(database: Database, { rest = 1000 } = {}) {
		this.#database = database;
		this.#rest = rest;
		database.onchange((change) => this.#note(change));
	}

	has(parts: readonly MirrorPart[]): boolean {
		return parts.every((part) => this.#held.get(keyOf(part))?.column !== undefined);
	}

	/**
	 * The set as it was when its parts were read, and the contacts of which that may be wrong by now. Nothing where a part
	 * is not there: it is read later.
	 */
	scan({ parts, run }: Scan, size: number): { set: Bitmap; changed: Set<number> } | undefined {
		this.#asked = performance.now();
		const held = parts.map((part) => this.#held.get(keyOf(part)));
		if (held.some((part) => part === undefined)) return void this.want(parts);
		if (held.some((part) => part?.column === undefined)) return;
		const column = (part: MirrorPart) => this.#held.get(keyOf(part))!.column!; // seen a line above
		const mirror: Mirror = {
			size,
			field: (part) => column(part) as FieldColumn, // kept under the part's own key
			events: (part) => column(part) as EventColumns
		};
		for (const part of parts) this.#touch(keyOf(part));
		const set = run(mirror);
		return set && { set, changed: new Set(held.flatMap((part) => [...(part?.changed ?? [])])) };
	}

	/** Has these parts read when there is time. */
	want(parts: readonly MirrorPart[]): void {
		for (const part of parts) if (!this.#held.has(keyOf(part))) this.#wanted.set(keyOf(part), part);
		this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
	}

	/** Resolves when all that is wanted was read. */
	async settled(): Promise<void> {
		while (this.#reading) await this.#reading;
	}

	async #read(): Promise<void> {
		do await pause(this.#rest);
		while (performance.now() - this.#asked < this.#rest);
		for (let [next] = this.#wanted; next; [next] = this.#wanted) {
			const [key, part] = next;
			this.#wanted.delete(key);
			await this.#readPart(key, part);
		}
	}

	async #readPart(key: string, part: MirrorPart): Promise<void> {
		const epoch = this.#epoch;
		const changed = new Set<number>();
		this.#meanwhile.set(key, changed);
		try {
			const others = () => pause(0);
			const column =
				part.type === 'field'
					? await readField(this.#database, part, others)
					: await readEvents(this.#database, part, others);
			if (epoch === this.#epoch) this.#hold(key, { column, changed });
		} catch {
			// The database answers in its place, and says what is wrong with it.
		} finally {
			this.#meanwhile.delete(key);
		}
	}

	#hold(key: string, held: Held): void {
		this.#held.set(key, held);
		let bytes = [...this.#held.values()].reduce((sum, { column }) => sum + bytesOf(column), 0);
		for (const [oldest, { column }] of this.#held) {
			if (bytes <= mostBytes || oldest === key) break;
			this.#held.delete(oldest);
			bytes -= bytesOf(column);
		}
	}

	#touch(key: string): void {
		const held = this.#held.get(key);
		if (!held) return;
		this.#held.delete(key);
		this.#held.set(key, held);
	}

	#note(change: Change): void {
		if (change.type === 'everything') {
			this.#epoch++;
			this.#held.clear();
			this.#meanwhile = new Map();
			return;
		}
		const { tables, cnos } = change;
		const isTouched = (key: string) => tables.has(key.startsWith('field') ? 'contact' : 'event');
		for (const [key, set] of this.#meanwhile)
			if (isTouched(key)) for (const cno of cnos) set.add(cno);
		for (const [key, { changed }] of this.#held) {
			if (!isTouched(key)) continue;
			for (const cno of cnos) changed.add(cno);
			if (changed.size > mostChanged) this.#held.delete(key);
		}
	}
}

const keyOf = (part: MirrorPart): string =>
	part.type === 'field'
		? `field ${part.family} ${part.field}`
		: `events ${part.ref ? 'with refs' : 'plain'} ${part.eventType}`;

function bytesOf(column: Held['column']): number {
	if (!column) return 0;
	if ('at' in column)
		return [column.at, column.cno, column.value, column.ref].reduce(
			(sum, array) => sum + (array?.byteLength ?? 0),
			0
		);
	return column.type === 'coded' ? column.codes.byteLength : column.numbers.byteLength;
}
