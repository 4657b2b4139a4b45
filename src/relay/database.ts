import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Session } from '$lib/db/db';
import { migrationOf } from '$lib/db/migrate';
import { sql } from '$lib/sql';

/** What a statement can be asked of, here. */
export type Asked = Pick<Session, 'rows' | 'run' | 'script'>;

/** The relay's database: embedded in a folder or a server's Postgres, with the same tables. */
export interface Database extends Asked {
	/** All or nothing, and on disk when it resolves. */
	transaction<T>(work: (tx: Asked) => Promise<T>): Promise<T>;
	close(): Promise<void>;
}

const scripts = new URL('./tables/', import.meta.url);

/** Any number of ours: relays that start side by side wait for each other here. */
const tablesLock = 4_455_001;

/** Brings the tables to this version's. Throws where they are a newer version's. */
export async function setUpTables(database: Database): Promise<void> {
	const names = (await readdir(scripts)).sort();
	const steps = await Promise.all(
		names.map(async (name) =>
			migrationOf(name, await readFile(fileURLToPath(new URL(name, scripts)), 'utf8'))
		)
	);
	await database.transaction(async (tx) => {
		await tx.rows(sql`select pg_advisory_xact_lock(${tablesLock}::bigint)::text as locked`);
		await tx.script('create table if not exists schema_version(version int primary key)');
		const [row] = await tx.rows<{ version: number }>(
			sql`select coalesce(max(version), 0)::int as version from schema_version`
		);
		if (row!.version > steps.at(-1)!.version)
			throw new Error('The database was made by a newer relay. Update this one.');
		for (const { version, text } of steps.filter((step) => step.version > row!.version)) {
			await tx.script(text);
			await tx.run(sql`insert into schema_version values (${version})`);
		}
	});
}
