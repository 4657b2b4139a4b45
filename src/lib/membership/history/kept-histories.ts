import { Bitmap } from '$lib/bitmap';
import type { Database, Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';
import { forgetInLog, logMoves } from './log';
import type { Move } from './move';

/** What the log of a segment adds up to. */
export interface History {
	/** Epoch milliseconds: when it began to be noted. */
	readonly began: number;
	/** Epoch milliseconds: when it was last looked at. */
	readonly looked: number;
	/** And when that was last kept. */
	readonly kept: number;
	/** The version of the data then. */
	readonly version: number;
	/** The digest of the rule it was looked at with. */
	readonly rule: string;
	readonly members: Bitmap;
}

/** By segment. */
export async function readHistories(database: Queryable): Promise<Map<string, History>> {
	const rows = await database.rows<{
		segment: string;
		began: Date;
		looked: Date;
		version: number;
		rule: string;
		members: Uint8Array;
	}>(sql`select segment, began, looked, version, rule, members from segment_history`);
	return new Map(
		rows.map(({ segment, began, looked, version, rule, members }) => [
			segment,
			{
				began: began.getTime(),
				looked: looked.getTime(),
				kept: looked.getTime(),
				version,
				rule,
				members: bitmapOf(members)
			}
		])
	);
}

/** When a segment began to be noted, in epoch milliseconds; nothing if it never was. */
export async function beganOf(database: Queryable, segment: string): Promise<number | undefined> {
	const [row] = await database.rows<{ began: Date }>(
		sql`select began from segment_history where segment = ${segment}`
	);
	return row?.began.getTime();
}

/** Bulk work came in between, which may have brought another log. */
export class Overtaken extends Error {}

export interface Kept {
	/** What brought these segments where they are. */
	readonly moves: readonly Move[];
	/** Contacts that are there no more. */
	readonly gone?: readonly number[];
	/** Of the data they are of. */
	readonly version: number;
}

/**
 * Keeps what these segments have come to, and how: all of it or nothing. Throws `Overtaken` when the data is not of that
 * version's any more.
 */
export async function keepHistories(
	database: Database,
	histories: ReadonlyMap<string, History>,
	{ moves, gone = [], version }: Kept
): Promise<void> {
	if (histories.size === 0) return;
	await database.transaction(async (tx) => {
		if (!(await isOfVersion(tx, version))) throw new Overtaken();
		if (gone.length > 0) await forgetInLog(tx, gone);
		await logMoves(tx, moves);
		for (const [segment, { began, looked, version, rule, members }] of histories) {
			const isSame = gone.length === 0 && !moves.some((move) => move.segment === segment);
			// The set stays where it is: written again it would take its room a second time.
			const known =
				isSame &&
				(await tx.run(
					sql`update segment_history set looked = ${new Date(looked)}, version = ${version}::bigint, rule = ${rule} where segment = ${segment}`
				));
			if (known) continue;
			await tx.run(sql`
				insert into segment_history(segment, began, looked, version, rule, members)
				values (${segment}, ${new Date(began)}, ${new Date(looked)}, ${version}::bigint, ${rule}, ${bytesOf(members)}::bytea)
				on conflict (segment) do update set
					began = excluded.began, looked = excluded.looked, version = excluded.version, rule = excluded.rule,
					members = excluded.members`);
		}
	});
}

/** Whether every write since that version is known: bulk work forgets them. */
async function isOfVersion(tx: Queryable, version: number): Promise<boolean> {
	if (version === 0) return true;
	const [row] = await tx.rows<{ known: boolean }>(
		sql`select exists (select from touched where version = ${version}::bigint) as known`
	);
	return row!.known;
}

const bytesOf = ({ words }: Bitmap): Uint8Array =>
	new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** Copied, since words begin at a multiple of four bytes. */
const bitmapOf = (bytes: Uint8Array): Bitmap => new Bitmap(new Uint32Array(bytes.slice().buffer));
