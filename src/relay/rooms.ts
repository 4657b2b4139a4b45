import type {
	afterHandleMessagePayload,
	beforeSyncPayload,
	beforeUnloadDocumentPayload,
	connectedPayload,
	Connection,
	Document,
	Extension,
	Hocuspocus,
	onLoadDocumentPayload
} from '@hocuspocus/server';
import { isTransactionOrigin } from '@hocuspocus/server';
import * as Y from 'yjs';
import { pause } from '$lib/pause';
import { closeCodes, roomFrom } from '$lib/sync/protocol';
import type { Access, Seated } from './access';
import { hasPending, spansOf, StoredClocks, vectorOf, type Spans } from './clocks';
import { applyAll, compact, isDue, sizesOf, type Size } from './compaction';
import type { Database } from './database';
import type { Metrics } from './metrics';
import { Refusal } from './safe';
import { say, whyOf } from './say';
import { Telling } from './telling';
import type { UpdateLog } from './update-log';

/** What came from another relay's rows: already stored, and theirs to tell other relays of. */
const fromLog = { source: 'redis' as const };

/** What is known of an open document beside itself. */
interface Open {
	readonly clocks: StoredClocks;
	/** The last row of the log that is in it for certain. */
	readTo: number;
	/** Rows since the snapshot, and their bytes. */
	rows: number;
	bytes: number;
	snapshot: Size;
}

/** Milliseconds from one look at how large a full room is to the next. */
const measureEvery = 2_000;

/** What a device sent and that is being applied. */
interface Incoming {
	readonly payload: Uint8Array;
	readonly spans: Spans;
}

interface RoomsOptions {
	/** Whether other relays write to the same log. */
	readonly isShared: boolean;
	readonly metrics: Metrics;
	/** Called with a room that could not be read. */
	readonly onUnreadable: (room: string) => void;
	/** Called with a workspace whose room became full, or fits again. */
	readonly onMeasured: (workspace: string) => void;
}

/** Loads rooms from the log, writes what comes to it, and says when that is done. */
export class Rooms implements Extension<Seated> {
	/** Before the one that tells other relays. */
	readonly priority = 2000;
	readonly #log: UpdateLog;
	readonly #database: Database;
	readonly #access: Access;
	readonly #options: RoomsOptions;
	readonly #open = new WeakMap<Document, Open>();
	readonly #incoming = new WeakMap<Connection, Incoming>();
	readonly #telling = new WeakMap<Connection, Telling>();
	readonly #compacting = new Set<string>();

	constructor(log: UpdateLog, database: Database, access: Access, options: RoomsOptions) {
		this.#log = log;
		this.#database = database;
		this.#access = access;
		this.#options = options;
	}

	async onLoadDocument({ document, documentName }: onLoadDocumentPayload<Seated>): Promise<void> {
		const { snapshot, rows } = await this.#log.load(documentName).catch((error: unknown) => {
			this.#options.onUnreadable(documentName);
			throw error;
		});
		applyAll(document, documentName, [snapshot, ...rows]);
		const open: Open = {
			clocks: new StoredClocks(vectorOf(document)),
			readTo: rows.at(-1)?.id ?? snapshot.id,
			rows: rows.length,
			bytes: rows.reduce((sum, { data }) => sum + data.length, 0),
			snapshot: { upto: snapshot.id, bytes: snapshot.data.length }
		};
		this.#open.set(document, open);
		this.#access.measured(document, snapshot.data.length);
		document.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin === fromLog || !isTransactionOrigin(origin)) return;
			if (origin.source === 'connection')
				this.#append(document, open, origin.connection as Connection<Seated>, update);
		});
		void this.#keepSmall(document, open);
	}

	/** Refuses what is no update before anything of it is applied. */
	async beforeSync({ type, payload, connection }: beforeSyncPayload<Seated>): Promise<void> {
		this.#incoming.delete(connection);
		if (type === 0 || connection.readOnly) return;
		if (this.#log.isFull) throw new Refusal(1013, 'unavailable');
		const spans = spansIn(payload);
		if (!spans) throw new Refusal(closeCodes.unauthorised, 'invalid');
		this.#incoming.set(connection, { payload, spans });
	}

	async afterHandleMessage({
		connection,
		document
	}: afterHandleMessagePayload<Seated>): Promise<void> {
		const incoming = this.#incoming.get(connection);
		const open = this.#open.get(document);
		if (!incoming || !open) return;
		this.#incoming.delete(connection);
		const { payload, spans } = incoming;
		const vector = vectorOf(document);
		// Something before it is missing: the document does not show it yet, and so did not say that it changed.
		if ([...spans].some(([client, [, to]]) => to > (vector.get(client) ?? 0)))
			this.#append(document, open, connection, payload.slice());
		this.#tellingOf(connection).want([...spans.keys()]);
	}

	/** Whoever was cut off before hearing that something is stored, or that the room is full, hears it now. */
	async connected({ connection }: connectedPayload<Seated>): Promise<void> {
		this.#access.welcome(connection);
		this.#tellingOf(connection).wantAll();
	}

	/** A document is in memory until all of it is on disk. */
	async beforeUnloadDocument({ document }: beforeUnloadDocumentPayload): Promise<void> {
		while (!(await this.meet(document)))
			await new Promise((later) => setTimeout(later, 1_000).unref());
	}

	/**
	 * Reads what other relays stored of a document, and stores what they told this one but did not store. False where the
	 * database did not let it; to be tried again.
	 */
	async meet(document: Document): Promise<boolean> {
		const { name } = document;
		const open = this.#open.get(document);
		if (!open) return true;
		await this.#log.settled(name);
		try {
			if (this.#options.isShared) await this.#readOn(document, open);
			if (open.clocks.cover(vectorOf(document)) || hasPending(document)) return true;
			const missing = Y.encodeStateAsUpdate(document, open.clocks.vector());
			await this.#log.append(name, null, missing);
			open.clocks.add(spansOf(missing));
			return true;
		} catch (error) {
			say('warn', 'log not read', { room: name, why: whyOf(error) });
			return false;
		}
	}

	async #readOn(document: Document, open: Open): Promise<void> {
		const rows = await this.#log.after(document.name, open.readTo);
		if (rows.length === 0) return;
		open.readTo = rows.at(-1)!.id;
		document.transact(() => applyAll(document, document.name, rows), fromLog);
		for (const { data } of rows) open.clocks.add(spansIn(data) ?? new Map());
	}

	#append(
		document: Document,
		open: Open,
		connection: Connection<Seated>,
		update: Uint8Array
	): void {
		this.#options.metrics.add('updates');
		this.#options.metrics.add('update_bytes', update.length);
		void this.#log.append(document.name, connection.context.seat.claims.sub, update).then(() => {
			open.rows++;
			open.bytes += update.length;
			open.clocks.add(spansOf(update));
			void this.#keepSmall(document, open);
		});
	}

	#tellingOf(connection: Connection): Telling {
		const found = this.#telling.get(connection);
		if (found) return found;
		const { document } = connection;
		const { clocks } = this.#open.get(document)!;
		const telling = new Telling(connection, clocks, {
			settled: () => this.#log.settled(document.name),
			meet: () => this.meet(document)
		});
		this.#telling.set(connection, telling);
		return telling;
	}

	/** Looks how large the open rooms, or those of one workspace, are by the snapshots that other relays wrote. */
	async measureAgain(opened: Hocuspocus<Seated>, workspace?: string): Promise<void> {
		const documents = [...opened.documents.values()].filter(
			({ name }) => !workspace || roomFrom(name)?.workspace === workspace
		);
		const sizes = await sizesOf(
			this.#database,
			documents.map(({ name }) => name)
		);
		for (const document of documents) {
			const [open, size] = [this.#open.get(document), sizes.get(document.name)];
			if (open && size && size.upto > open.snapshot.upto) this.#measured(document, open, size);
		}
	}

	/** Writes a snapshot when it is time. */
	async #keepSmall(document: Document, open: Open): Promise<void> {
		const { name } = document;
		if (this.#compacting.has(name)) return;
		this.#compacting.add(name);
		try {
			while (this.#isDue(name, open)) {
				const { rows, bytes } = open;
				const size = await compact(this.#database, name);
				if (!size) break;
				open.rows -= rows;
				open.bytes -= bytes;
				this.#options.metrics.add('snapshots');
				if (this.#measured(document, open, size))
					this.#options.onMeasured(roomFrom(name)!.workspace);
				if (this.#access.isFull(name)) await pause(measureEvery);
			}
		} catch (error) {
			say('warn', 'no snapshot', { room: name, why: whyOf(error) });
		} finally {
			this.#compacting.delete(name);
		}
	}

	/** Who is to make a full room smaller wants to know when it is, whatever little they send. */
	#isDue(name: string, { rows, bytes, snapshot }: Open): boolean {
		return isDue(rows, bytes, snapshot.bytes) || (rows > 0 && this.#access.isFull(name));
	}

	#measured(document: Document, open: Open, size: Size): boolean {
		open.snapshot = size;
		return this.#access.measured(document, size.bytes);
	}
}

/** Nothing for what is no update. */
function spansIn(update: Uint8Array): Spans | undefined {
	try {
		return spansOf(update);
	} catch {
		return;
	}
}
