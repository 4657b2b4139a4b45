import { sql } from '$lib/sql';
import type { Database } from './db';

const scripts = import.meta.glob<string>('./migrations/*.sql', {
	query: '?raw',
	import: 'default',
	eager: true
});

/** Every migration in order, with its number. Forward only: a script that has landed is never changed. */
const migrations = Object.entries(scripts)
	.map(([path, text]) => ({ version: Number(/(\d+)_/.exec(path)![1]), text }))
	.sort((a, b) => a.version - b.version);

export type Migrated =
	| { readonly status: 'current'; readonly applied: number }
	/** Made by a newer version of the app; it must not be written to. */
	| { readonly status: 'newer'; readonly version: number };

/** Brings a database to this version's schema, one transaction a step, and forgets what an unclean end left over. */
export async function migrate(database: Database): Promise<Migrated> {
	await database.script('create table if not exists schema_version(version int primary key)');
	const [row] = await database.rows<{ version: number }>(
		sql`select coalesce(max(version), 0)::int as version from schema_version`
	);
	const version = row!.version;
	const latest = migrations.at(-1)!.version;
	if (version > latest) return { status: 'newer', version };

	const due = migrations.filter((migration) => migration.version > version);
	for (const { version, text } of due)
		await database.script(`begin; ${text}; insert into schema_version values (${version}); commit`);
	// Writes are asked again within seconds, not days.
	await database.run(sql`delete from applied where at < now() - interval '1 day'`);
	return { status: 'current', applied: due.length };
}
