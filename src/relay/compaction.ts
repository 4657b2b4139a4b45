import * as Y from 'yjs';
import { sql } from '$lib/sql';
import { hasPending } from './clocks';
import type { Database } from './database';
import { say, whyOf } from './say';
import { loadRoom, roomLock, type LoggedUpdate } from './update-log';

const rowsBetween = 500;
const leastBytes = 256 * 1024;

/** Whether a room has so many rows since its snapshot that opening it takes needlessly long. */
export const isDue = (rows: number, bytes: number, snapshotBytes: number): boolean =>
	rows > rowsBetween || bytes > Math.max(leastBytes, 2 * snapshotBytes);

/** A room's bytes with all rows up to and with one. */
export interface Size {
	readonly upto: number;
	readonly bytes: number;
}

/**
 * Writes a snapshot of all rows of a room so far. They are applied one by one: to merge updates unread can lose parts of
 * some. Rows stay. Gives the snapshot's size, nothing where another relay is at it or something is missing yet.
 */
export async function compact(database: Database, room: string): Promise<Size | undefined> {
	return database.transaction(async (tx) => {
		const [lock] = await tx.rows<{ free: boolean }>(
			sql`select pg_try_advisory_xact_lock(${roomLock}::int, hashtext(${room})) as free`
		);
		if (!lock!.free) return;
		const { snapshot, rows } = await loadRoom(tx, room);
		if (rows.length === 0) return;
		const document = new Y.Doc();
		applyAll(document, room, [snapshot, ...rows]);
		if (hasPending(document)) return;
		const data = Y.encodeStateAsUpdate(document);
		document.destroy();
		const upto = rows.at(-1)!.id;
		await tx.run(sql`
			insert into doc_snapshot(room, upto, data) values (${room}, ${upto}::bigint, ${data}::bytea)
			on conflict (room) do update set upto = excluded.upto, data = excluded.data, at = now()`);
		return { upto, bytes: data.length };
	});
}

/** Of these rooms, how large the last snapshot is. */
export async function sizesOf(
	database: Database,
	rooms: readonly string[]
): Promise<ReadonlyMap<string, Size>> {
	const rows = await database.rows<Size & { room: string }>(sql`
		select room, upto, octet_length(data) as bytes from doc_snapshot where room = any(${rooms}::text[])`);
	return new Map(rows.map((row) => [row.room, row]));
}

/** A row that cannot be read is left out, and said: the others are worth having. */
export function applyAll(document: Y.Doc, room: string, updates: readonly LoggedUpdate[]): void {
	for (const { id, data } of updates) {
		if (data.length === 0) continue;
		try {
			Y.applyUpdate(document, data, 'log');
		} catch (error) {
			say('error', 'row unreadable', { room, id, why: whyOf(error) });
		}
	}
}

/** Forgets what nobody needs any more: covered rows, rooms of past epochs, invitations and blobs that ran out. */
export async function sweep(database: Database): Promise<void> {
	await database.run(sql`
		delete from doc_update using doc_snapshot
		where doc_snapshot.room = doc_update.room and doc_update.id <= doc_snapshot.upto
			and doc_update.at < now() - interval '30 days'`);
	await database.transaction(async (tx) => {
		const gone = await tx.rows<{ room: string }>(sql`
			select 'ws:' || workspace || ':e' || epoch as room from past_epoch
			where ended < now() - interval '90 days'`);
		const rooms = gone.map(({ room }) => room);
		if (rooms.length === 0) return;
		await tx.run(sql`delete from doc_update where room = any(${rooms}::text[])`);
		await tx.run(sql`delete from doc_snapshot where room = any(${rooms}::text[])`);
		await tx.run(sql`delete from past_epoch where ended < now() - interval '90 days'`);
	});
	await database.run(sql`delete from blob where expires < now()`);
	// So long a message that comes again is not sent again; see `keptFor` where they are sent from.
	await database.run(sql`delete from mail where at < now() - interval '30 days'`);
	await database.run(sql`delete from invitation where expires < now() - interval '30 days'`);
}
