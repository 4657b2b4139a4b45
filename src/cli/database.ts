import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import type { Session } from '$lib/db/db';
import { migrate, migrationOf, type Migration } from '$lib/db/migrate';
import { openDatabase } from '$lib/db/pglite';
import { openPostgres } from '$lib/db/postgres';
import { BadSource } from '$lib/portable/source';

const schema = 'winnow';
const scripts = new URL('../lib/db/migrations/', import.meta.url);
const ready = new URL('../lib/engine/ready-pgdata.tar.gz', import.meta.url);

export interface OpenDatabase extends Session {
	close(): Promise<void>;
}

/** A server's Postgres by its address, a PGlite in a folder, or without either a PGlite in memory; with our tables. */
export async function open(place: string | undefined): Promise<OpenDatabase> {
	const database = isServer(place) ? await openPostgres(place, schema) : await openPglite(place);
	const migrated = await migrate(database, await migrations());
	if (migrated.status === 'newer') {
		await database.close();
		throw new BadSource('This database was made by a newer version of Winnow. Update to read it.');
	}
	return database;
}

/** How many segments a server is asked about at once. */
export const mostSessions = 3;

/** More sessions at the same place, for questions that a server answers side by side. PGlite has only the one. */
export async function openMore(place: string | undefined, more: number): Promise<OpenDatabase[]> {
	if (!isServer(place)) return [];
	const asked = await Promise.allSettled(
		Array.from({ length: more }, () => openPostgres(place, schema))
	);
	const opened = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	const refused = asked.find((one) => one.status === 'rejected');
	if (!refused) return opened;
	for (const session of opened) await session.close();
	throw refused.reason;
}

const isServer = (place: string | undefined): place is string =>
	place !== undefined && /^postgres(ql)?:/.test(place);

/** A server is asked only when it is opened. */
export const isThere = (place: string): boolean =>
	isServer(place) || existsSync(join(place, 'PG_VERSION'));

async function openPglite(folder: string | undefined): Promise<OpenDatabase> {
	const start =
		folder !== undefined && isThere(folder)
			? {}
			: { loadDataDir: new Blob([new Uint8Array(await readFile(ready))]) };
	const pg = await PGlite.create({
		dataDir: folder ?? 'memory://',
		...start,
		// Without it growing a file is quadratic in memory.
		postgresqlconf: ['file_extend_method=write_zeros']
	});
	return { ...openDatabase(pg), close: () => pg.close() };
}

async function migrations(): Promise<Migration[]> {
	const names = await readdir(scripts);
	return Promise.all(
		names.map(async (name) =>
			migrationOf(name, await readFile(fileURLToPath(new URL(name, scripts)), 'utf8'))
		)
	);
}
