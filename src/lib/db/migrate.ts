import { sql } from '$lib/sql';
import type { Session } from './db';

/** One step of the schema. Forward only: a script that has landed is never changed. */
export interface Migration {
	readonly version: number;
	readonly text: string;
}

/** A script by its file's name, `0001_start.sql`. */
export const migrationOf = (path: string, text: string): Migration => ({
	version: Number(/(\d+)_[^/]*$/.exec(path)![1]),
	text
});

export type Migrated =
	| { readonly status: 'current'; readonly applied: number }
	/** Made by a newer version of the app; it must not be written to. */
	| { readonly status: 'newer'; readonly version: number };

/** Brings a database to this version's schema, one transaction a step, and forgets what an unclean end left over. */
export async function migrate(
	database: Session,
	migrations: readonly Migration[]
): Promise<Migrated> {
	await database.script('create table if not exists schema_version(version int primary key)');
	const [row] = await database.rows<{ version: number }>(
		sql`select coalesce(max(version), 0)::int as version from schema_version`
	);
	const version = row!.version;
	const steps = [...migrations].sort((a, b) => a.version - b.version);
	if (version > steps.at(-1)!.version) return { status: 'newer', version };

	const due = steps.filter((step) => step.version > version);
	for (const { version, text } of due)
		await database.script(`begin; ${text}; insert into schema_version values (${version}); commit`);
	// Writes are asked again within seconds, not days.
	await database.run(sql`delete from applied where at < now() - interval '1 day'`);
	return { status: 'current', applied: due.length };
}
