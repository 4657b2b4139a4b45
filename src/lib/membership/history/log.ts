import { Bitmap } from '$lib/bitmap';
import type { Queryable } from '$lib/db/db';
import { sql, type Sql } from '$lib/sql';
import { withMoves, type Move } from './move';

/** What tells how a log began, not what was noted since. */
export const isBeginning = sql`cause in ('began', 'recomputed')`;

/** What a log says in the order in which it adds up: how it began, and then as it was noted, whatever clocks did. */
export const inOrder = sql`${isBeginning} desc, no`;

/** Adds moves to the log, in this order. */
export async function logMoves(tx: Queryable, moves: readonly Move[]): Promise<void> {
	if (moves.length === 0) return;
	let no = await nextNo(tx);
	for (const { segment, at, entered, cause, who } of moves) {
		const cnos = [...who];
		await tx.run(sql`
			insert into segment_log(no, segment, at, entered, cause, size, cnos)
			values (${no++}::bigint, ${segment}, ${new Date(at)}, ${entered}, ${cause}, ${cnos.length}::int, ${cnos}::int[])`);
	}
}

/**
 * Adds what a query gives as `segment`, `entered`, `at`, `cause` and `cno`, one row a contact. What these segments have
 * come to is reckoned from the log anew.
 */
export async function logRows(tx: Queryable, rows: Sql): Promise<void> {
	const no = await nextNo(tx);
	await tx.run(
		sql`delete from segment_history where segment in (select segment from (${rows}) as move)`
	);
	await tx.run(sql`
		insert into segment_log
		select ${no}::bigint - 1 + row_number() over (order by at, segment, entered, cause), segment, at, entered, cause,
			count(distinct cno), array_agg(distinct cno order by cno)
		from (${rows}) as move group by segment, at, entered, cause`);
}

/** Whatever was noted of contacts that are deleted. Their numbers may only be used again once no set has them. */
export async function forgetInLog(tx: Queryable, cnos: readonly number[]): Promise<void> {
	const gone = sql`${cnos}::int[]`;
	await tx.run(sql`
		update segment_log set cnos = left_over.cnos, size = cardinality(left_over.cnos)
		from (
			select no, array(select cno from unnest(cnos) as cno where cno not in (select unnest(${gone})) order by cno) as cnos
			from segment_log where cnos && ${gone}
		) as left_over
		where segment_log.no = left_over.no`);
	await tx.run(sql`delete from segment_log where size = 0`);
}

/** Who of those that left is there no more, archived or not. */
export async function goneAmong(
	database: Queryable,
	moves: readonly Move[],
	everyone: Bitmap
): Promise<Bitmap> {
	const left = moves
		.filter(({ entered }) => !entered)
		.reduce((all, { who }) => all.or(who), Bitmap.of([], 0));
	const missing = [...left.minus(everyone)];
	if (missing.length === 0) return Bitmap.of([], 0);
	const rows = await database.rows<{ cno: number }>(
		sql`select cno from unnest(${missing}::int[]) as cno where not exists (select from contact where contact.cno = cno.cno)`
	);
	return Bitmap.of(
		rows.map(({ cno }) => cno),
		32 * left.words.length
	);
}

/** What was noted while a clock was ahead happened at the latest now, in epoch milliseconds. */
export async function redate(
	database: Queryable,
	watched: readonly { readonly segment: string }[],
	now: number
): Promise<void> {
	const segments = watched.map(({ segment }) => segment);
	const late = new Date(now);
	await database.run(
		sql`update segment_log set at = ${late} where segment = any(${segments}::text[]) and at > ${late}`
	);
	await database.run(
		sql`update segment_history set began = least(began, ${late}), looked = least(looked, ${late}) where segment = any(${segments}::text[])`
	);
}

/** Who was in a segment at an instant (epoch milliseconds) by what was noted; of contacts numbered below `size`. */
export function loggedAt(
	database: Queryable,
	segment: string,
	at: number,
	size: number
): Promise<Bitmap> {
	return addedUp(database, sql`segment = ${segment} and at <= ${new Date(at)}`, size);
}

/** Who was in it when it began to be noted, whether days before that are known or not. */
export function loggedAtBeginning(
	database: Queryable,
	segment: string,
	size: number
): Promise<Bitmap> {
	return addedUp(database, sql`segment = ${segment} and ${isBeginning}`, size);
}

/** What some of the log comes to. */
async function addedUp(database: Queryable, where: Sql, size: number): Promise<Bitmap> {
	const rows = await database.rows<{ entered: boolean; cnos: number[] }>(
		sql`select entered, cnos from segment_log where ${where} order by ${inOrder}`
	);
	const moves = rows.map(({ entered, cnos }) => ({ entered, who: Bitmap.of(cnos, size) }));
	return withMoves(Bitmap.of([], size), moves);
}

/** Since when (epoch milliseconds) the log speaks of each segment, days that were recomputed left out. */
export async function loggedSince(database: Queryable): Promise<ReadonlyMap<string, number>> {
	const rows = await database.rows<{ segment: string; since: Date }>(sql`
		select segment, coalesce(max(at) filter (where cause = 'recomputed'), min(at)) as since
		from segment_log group by segment`);
	return new Map(rows.map(({ segment, since }) => [segment, since.getTime()]));
}

async function nextNo(tx: Queryable): Promise<number> {
	const [row] = await tx.rows<{ no: number }>(
		sql`select coalesce(max(no) + 1, 0)::int8 as no from segment_log`
	);
	return Number(row!.no);
}
