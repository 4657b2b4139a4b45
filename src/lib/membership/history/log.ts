import { Bitmap } from '$lib/bitmap';
import type { Database, Queryable } from '$lib/db/db';
import { sql, type Sql } from '$lib/sql';
import { withMoves, type Move } from './move';

/** Adds moves to the log, in this order. */
export async function logMoves(tx: Queryable, moves: readonly Move[]): Promise<void> {
	if (moves.length === 0) return;
	let no = await nextNo(tx);
	for (const { segment, at, entered, cause, who } of moves) {
		const cnos = [...who];
		await tx.run(sql`
			insert into segment_log(no, segment, at, entered, cause, size, top, cnos)
			values (${no++}::bigint, ${segment}, ${new Date(at)}, ${entered}, ${cause}, ${cnos.length}::int, ${cnos.at(-1)!}::int, ${cnos}::int[])`);
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
			count(distinct cno), max(cno), array_agg(distinct cno order by cno)
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

/** Which of these contacts are no longer there, archived or not. */
export async function goneOf(database: Queryable, cnos: readonly number[]): Promise<number[]> {
	if (cnos.length === 0) return [];
	const rows = await database.rows<{ cno: number }>(
		sql`select cno from unnest(${cnos}::int[]) as cno where not exists (select from contact where contact.cno = cno.cno)`
	);
	return rows.map(({ cno }) => cno);
}

/** Who was in a segment at an instant (epoch milliseconds) by what was noted; of contacts numbered below `size`. */
export async function loggedAt(
	database: Queryable,
	segment: string,
	at: number,
	size: number
): Promise<Bitmap> {
	const rows = await database.rows<{ entered: boolean; cnos: number[] }>(
		sql`select entered, cnos from segment_log where segment = ${segment} and at <= ${new Date(at)} order by at, no`
	);
	const moves = rows.map(({ entered, cnos }) => ({ entered, who: Bitmap.of(cnos, size) }));
	return withMoves(Bitmap.of([], size), moves);
}

/** Since when (epoch milliseconds) the log speaks of each segment, days that were recomputed left out. */
export async function loggedSince(database: Queryable): Promise<ReadonlyMap<string, number>> {
	const rows = await database.rows<{ segment: string; since: Date }>(sql`
		select segment, coalesce(min(at) filter (where cause not in ('began', 'recomputed')), min(at)) as since
		from segment_log group by segment`);
	return new Map(rows.map(({ segment, since }) => [segment, since.getTime()]));
}

async function nextNo(tx: Queryable): Promise<number> {
	const [row] = await tx.rows<{ no: number }>(
		sql`select coalesce(max(no) + 1, 0)::int8 as no from segment_log`
	);
	return Number(row!.no);
}

/** Puts these moves in place of those that tell how a segment's history began. */
export const replaceMoves = (database: Database, segment: string, moves: readonly Move[]) =>
	database.transaction(async (tx) => {
		await tx.run(
			sql`delete from segment_log where segment = ${segment} and cause in ('began', 'recomputed')`
		);
		await logMoves(tx, moves);
	});
