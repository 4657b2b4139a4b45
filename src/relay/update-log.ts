import { join, sql } from '$lib/sql';
import type { Asked, Database } from './database';
import type { Metrics } from './metrics';
import { say, whyOf } from './say';

/** An update on its way into the log. */
interface Waiting {
	readonly room: string;
	readonly sub: string | null;
	readonly at: Date;
	readonly data: Uint8Array;
	readonly stored: () => void;
}

export interface LoggedUpdate {
	readonly id: number;
	readonly data: Uint8Array;
}

const batchRows = 200;
const batchBytes = 8 * 1024 * 1024;
/** Beyond it nothing more is taken: the relay would otherwise fill its memory while its database is away. */
const mostBytes = 256 * 1024 * 1024;

/** Milliseconds. */
const firstPause = 100;
const longestPause = 5_000;

/**
 * The log of all rooms: rows are only ever added. Many updates share one transaction; what fails is tried again, in its
 * order, until it is there or the process ends.
 */
export class UpdateLog {
	readonly #database: Database;
	readonly #metrics: Metrics;
	readonly #waiting: Waiting[] = [];
	/** The last append of each room that has any on the way. */
	readonly #last = new Map<string, Promise<void>>();
	#bytes = 0;
	#pumping = false;
	#failing: string | undefined;

	constructor(database: Database, metrics: Metrics) {
		this.#database = database;
		this.#metrics = metrics;
		metrics.gauge('waiting_rows', () => this.#waiting.length);
		metrics.gauge('waiting_bytes', () => this.#bytes);
	}

	/** Why the last try failed, while it is not made good. */
	get failing(): string | undefined {
		return this.#failing;
	}

	get isFull(): boolean {
		return this.#bytes > mostBytes;
	}

	/** Resolves once the row is on disk, however long that takes; it never rejects. */
	append(room: string, sub: string | null, data: Uint8Array): Promise<void> {
		const { promise, resolve } = withResolvers();
		this.#waiting.push({ room, sub, at: new Date(), data, stored: resolve });
		this.#bytes += data.length;
		this.#last.set(room, promise);
		void promise.then(() => {
			if (this.#last.get(room) === promise) this.#last.delete(room);
		});
		void this.#pump();
		return promise;
	}

	/** When everything that came to a room before this call is on disk. */
	async settled(room: string): Promise<void> {
		await this.#last.get(room);
	}

	/** When nothing is on its way, of any room. */
	async drained(): Promise<void> {
		while (this.#last.size > 0) await Promise.all(this.#last.values());
	}

	/** Of a room, what its snapshot covers, and the rows after that. */
	async load(room: string): Promise<{ snapshot: LoggedUpdate; rows: LoggedUpdate[] }> {
		return this.#database.transaction((tx) => loadRoom(tx, room));
	}

	/** Rows that were added to a room after one. */
	after(room: string, id: number): Promise<LoggedUpdate[]> {
		return rowsAfter(this.#database, room, id);
	}

	async #pump(): Promise<void> {
		if (this.#pumping) return;
		this.#pumping = true;
		let pause = firstPause;
		while (this.#waiting.length > 0) {
			const batch = this.#batch();
			try {
				await this.#database.transaction((tx) => insert(tx, batch));
				this.#waiting.splice(0, batch.length);
				for (const { data, stored } of batch) {
					this.#bytes -= data.length;
					stored();
				}
				this.#metrics.add('stored_rows', batch.length);
				if (this.#failing) say('info', 'log works again', { waiting: this.#waiting.length });
				this.#failing = undefined;
				pause = firstPause;
			} catch (error) {
				this.#failing = whyOf(error);
				this.#metrics.add('store_failures');
				say('error', 'log fails', { why: this.#failing, waiting: this.#waiting.length });
				await new Promise((wait) => setTimeout(wait, pause));
				pause = Math.min(2 * pause, longestPause);
			}
		}
		this.#pumping = false;
	}

	#batch(): Waiting[] {
		let bytes = 0;
		const end = this.#waiting.findIndex(
			({ data }, i) => i === batchRows || (i > 0 && (bytes += data.length) > batchBytes)
		);
		return this.#waiting.slice(0, end < 0 ? undefined : end);
	}
}

/** Held by who writes to a room until its rows are there, so that they appear in the order of their numbers. */
export const roomLock = 4_455;

async function insert(tx: Asked, batch: readonly Waiting[]): Promise<void> {
	const rooms = [...new Set(batch.map(({ room }) => room))];
	// In one order everywhere, or two relays would wait for each other.
	await tx.rows(sql`
		select count(pg_advisory_xact_lock(${roomLock}::int, key)::text)::int as locked
		from (select distinct hashtext(room) as key from unnest(${rooms}::text[]) as room order by key) as ordered`);
	const rows = batch.map(
		({ room, at, sub, data }) => sql`(${room}, ${at}::timestamptz, ${sub}, ${data}::bytea)`
	);
	await tx.run(sql`insert into doc_update(room, at, sub, data) values ${join(rows, sql`, `)}`);
}

export async function loadRoom(
	tx: Asked,
	room: string
): Promise<{ snapshot: LoggedUpdate; rows: LoggedUpdate[] }> {
	const [snapshot] = await tx.rows<LoggedUpdate>(
		sql`select upto as id, data from doc_snapshot where room = ${room}`
	);
	const rows = await rowsAfter(tx, room, snapshot?.id ?? 0);
	return { snapshot: snapshot ?? { id: 0, data: new Uint8Array() }, rows };
}

const rowsAfter = (asked: Pick<Asked, 'rows'>, room: string, id: number): Promise<LoggedUpdate[]> =>
	asked.rows<LoggedUpdate>(
		sql`select id, data from doc_update where room = ${room} and id > ${id}::bigint order by id`
	);

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
	let resolve!: () => void;
	const promise = new Promise<void>((done) => (resolve = done));
	return { promise, resolve };
}
