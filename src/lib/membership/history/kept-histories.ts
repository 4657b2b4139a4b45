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

/** Keeps what these segments have come to, with the moves that brought them there: all of it or nothing. */
export async function keepHistories(
	database: Database,
	histories: ReadonlyMap<string, History>,
	moves: readonly Move[],
	gone: readonly number[] = []
): Promise<void> {
	if (histories.size === 0) return;
	await database.transaction(async (tx) => {
		if (gone.length > 0) await forgetInLog(tx, gone);
		await logMoves(tx, moves);
		for (const [segment, { began, looked, version, rule, members }] of histories)
			await tx.run(sql`
				insert into segment_history(segment, began, looked, version, rule, members)
				values (${segment}, ${new Date(began)}, ${new Date(looked)}, ${version}::bigint, ${rule}, ${bytesOf(members)}::bytea)
				on conflict (segment) do update set
					began = excluded.began, looked = excluded.looked, version = excluded.version, rule = excluded.rule, members = excluded.members`);
	});
}

const bytesOf = ({ words }: Bitmap): Uint8Array =>
	new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** Copied, since words begin at a multiple of four bytes. */
const bitmapOf = (bytes: Uint8Array): Bitmap => new Bitmap(new Uint32Array(bytes.slice().buffer));
