import type { Table } from '$lib/rules/conditions/kind';
import { sql } from '$lib/sql';
import type { Queryable } from './db';

/** Contacts that the log reaches back by. Of more, everything is as soon read anew. */
export const mostTouched = 4000;

/** What changed since a version. */
export interface Touched {
	/** The version up to which that is known. */
	readonly version: number;
	/** Contacts by the table that changed. */
	readonly cnos: ReadonlyMap<Table, ReadonlySet<number>>;
}

/** What the data is now: what is read from here on is of this version, or later. */
export async function versionOf(database: Queryable): Promise<number> {
	const [row] = await database.rows<{ version: number | null }>(
		sql`select max(version) as version from touched`
	);
	return row?.version ?? 0;
}

/** Raises the version inside the transaction that changed these contacts. */
export async function touch(
	tx: Queryable,
	noted: readonly { readonly what: Table; readonly cnos: readonly number[] }[]
): Promise<void> {
	const contacts = noted.reduce((sum, { cnos }) => sum + cnos.length, 0);
	if (contacts > mostTouched) return touchEverything(tx);
	const changes = JSON.stringify(Object.fromEntries(noted.map(({ what, cnos }) => [what, cnos])));
	await tx.run(sql`
		insert into touched
		select greatest(max(version) + 1, (extract(epoch from clock_timestamp()) * 1000000)::bigint), ${contacts}, ${changes}::jsonb
		from touched`);
}

export async function touchEverything(tx: Queryable): Promise<void> {
	await tx.rows(sql`select touch_everything() is null as done`);
}

/** Forgets what lies further back than the log reaches. The newest write stays, whatever it changed. */
export async function trimTouched(tx: Queryable): Promise<void> {
	await tx.run(sql`
		delete from touched where version < (
			select min(version) from (
				select version, sum(contacts) over (order by version desc) - contacts as later from touched
			) as write where later < ${mostTouched}::int)`);
}

/** Nothing where the log does not reach back to that version, or it was never one of this database. */
export async function touchedSince(
	database: Queryable,
	version: number
): Promise<Touched | undefined> {
	const writes = await database.rows<{
		version: number;
		changes: Partial<Record<Table, number[]>>;
	}>(sql`select version, changes from touched where version >= ${version}::bigint`);
	if (!writes.some((write) => write.version === version)) return;
	const later = writes.filter((write) => write.version > version);
	const cnos = new Map<Table, Set<number>>();
	for (const { changes } of later)
		for (const [table, changed] of Object.entries(changes) as [Table, number[]][])
			cnos.set(table, new Set([...(cnos.get(table) ?? []), ...changed]));
	return { version: Math.max(...writes.map((write) => write.version)), cnos };
}
