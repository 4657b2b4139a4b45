import type { Database, Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';
import type { NewDefinitions } from '../discovery';
import { noCounts, type Counts, type ImportRun, type UndoReport } from '../report';
import type { Enrolled } from '../undo/queries';

/** What is kept of an import beside what it wrote. */
export interface Entry {
	readonly id: string;
	readonly file: string;
	readonly kind: 'contacts' | 'events';
	/** ISO 8601, in UTC. */
	readonly at: string;
	readonly counts: Counts;
	readonly enrolled: Enrolled;
	readonly definitions: NewDefinitions;
}

export async function enter(tx: Queryable, entry: Entry): Promise<void> {
	const { id, file, kind, at, counts, enrolled, definitions } = entry;
	await tx.run(sql`
		insert into import_run(id, file, kind, at, report, definitions)
		values (${id}, ${file}, ${kind}, ${at}::timestamptz, ${JSON.stringify({ counts, enrolled })}::jsonb, ${JSON.stringify(definitions)}::jsonb)`);
}

/** The first instant from this one on that no import has: entries of tags and lists are known by it. */
export async function freeInstant(tx: Queryable, at: string): Promise<string> {
	for (let instant = Date.parse(at); ; instant++) {
		const free = new Date(instant).toISOString();
		const [taken] = await tx.rows(sql`select id from import_run where at = ${free}::timestamptz`);
		if (!taken) return free;
	}
}

interface Row {
	readonly id: string;
	readonly file: string;
	readonly kind: 'contacts' | 'events';
	readonly at: Date;
	readonly report: {
		readonly counts: Counts;
		readonly enrolled: Enrolled;
		readonly undo?: UndoReport;
	};
	readonly definitions: NewDefinitions;
	readonly undone_at: Date | null;
}

export type Entered = Entry & {
	readonly undone: UndoReport | undefined;
};

/** An import that was done, if it was. */
export async function entered(db: Queryable, id: string): Promise<Entered | undefined> {
	const [row] = await db.rows<Row>(sql`select * from import_run where id = ${id}`);
	if (!row) return;
	const { file, kind, at, report, definitions } = row;
	const { enrolled, undo: undone } = report;
	const counts = countsOf(report);
	return { id, file, kind, at: at.toISOString(), counts, enrolled, definitions, undone };
}

export function markUndone(
	tx: Queryable,
	id: string,
	at: string,
	report: UndoReport
): Promise<number> {
	return tx.run(sql`
		update import_run
		set undone_at = ${at}::timestamptz, report = report || jsonb_build_object('undo', ${JSON.stringify(report)}::jsonb)
		where id = ${id}`);
}

/** Imports of this workspace, newest first. */
export async function importRuns(db: Queryable): Promise<ImportRun[]> {
	const rows = await db.rows<Row>(sql`select * from import_run order by at desc, id limit 200`);
	return rows.map(({ id, file, kind, at, report, undone_at }) => ({
		id,
		file,
		kind,
		at: at.toISOString(),
		counts: countsOf(report),
		undoneAt: undone_at?.toISOString()
	}));
}

/** What an earlier version did not count is none. */
const countsOf = ({ counts }: Row['report']): Counts => ({ ...noCounts, ...counts });

/** What the workspace document has not learned yet: a tab can be closed right after its import was stored. */
export function definitionsToAdopt(
	db: Queryable
): Promise<{ id: string; definitions: NewDefinitions }[]> {
	return db.rows(
		sql`select id, definitions from import_run where not adopted and undone_at is null order by at`
	);
}

export async function markAdopted(database: Database, id: string): Promise<void> {
	await database.run(sql`update import_run set adopted = true where id = ${id}`);
}
