/**
 * Makes the data directories that new databases start from, kept in the repository and made anew only when what they are
 * made of has changed:
 *
 * - `slim-pgdata.tar.gz`: PGlite's own without the template databases (370 files instead of 970, so that it opens under a
 *   limit of 1,024 files and twice as fast). It takes 12 s, for another version of PGlite.
 * - `ready-pgdata.tar.gz`: the same with the app's tables, so that no first visit waits for the migrations. Made of
 *   migrations that have grown since, it is brought up to date where it is opened, like any older database.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { migrate, migrationOf } from '../lib/db/migrate';
import { openDatabase } from '../lib/db/pglite';

const folder = 'src/lib/engine';
const [slim, ready, sidecar] = ['slim-pgdata.tar.gz', 'ready-pgdata.tar.gz', 'pgdata.json'].map(
	(name) => `${folder}/${name}`
) as [string, string, string];

const dist = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
const { version: pglite } = JSON.parse(readFileSync(`${dist}/../package.json`, 'utf8')) as {
	version: string;
};
const scripts = 'src/lib/db/migrations';
const migrations = readdirSync(scripts)
	.sort()
	.map((name) => migrationOf(name, readFileSync(`${scripts}/${name}`, 'utf8')));
const schema = createHash('sha256').update(JSON.stringify(migrations)).digest('hex');

/** What they were made of, and sizes in bytes as the page receives them, for the progress of the first download. */
interface Sidecar {
	readonly pglite: string;
	/** SHA-256 of the migrations. */
	readonly schema: string;
	readonly wasm: number;
	readonly data: number;
	readonly slim: number;
	readonly ready: number;
}
const before: Partial<Sidecar> = existsSync(sidecar)
	? (JSON.parse(readFileSync(sidecar, 'utf8')) as Sidecar)
	: {};

const isSlim = before.pglite === pglite && sizeOf(slim) === before.slim;
if (!isSlim) await makeSlim();
if (!isSlim || before.schema !== schema || sizeOf(ready) !== before.ready) await makeReady();

async function makeSlim(): Promise<void> {
	const pg = await PGlite.create('memory://');
	await pg.exec(
		`update pg_database set datistemplate = false where datname in ('template0', 'template1')`
	);
	await pg.exec('drop database template0');
	await pg.exec('drop database template1');
	await pg.exec('vacuum freeze analyze');
	await pack(pg, slim);
}

async function makeReady(): Promise<void> {
	const pg = await PGlite.create({ loadDataDir: new Blob([readFileSync(slim)]) });
	await migrate(openDatabase(pg), migrations);
	await pack(pg, ready);
	const made: Sidecar = {
		...{ pglite, schema },
		wasm: statSync(`${dist}/pglite.wasm`).size,
		data: statSync(`${dist}/pglite.data`).size,
		slim: statSync(slim).size,
		ready: statSync(ready).size
	};
	writeFileSync(sidecar, `${JSON.stringify(made, null, '\t')}\n`);
}

async function pack(pg: PGlite, archive: string): Promise<void> {
	// What the log has told so far is over half of an archive. It is left behind with its file.
	await pg.exec('set wal_recycle = off');
	await pg.exec('select pg_switch_wal()');
	await pg.exec('checkpoint');
	const tar = await (await pg.dumpDataDir('none')).arrayBuffer();
	await pg.close();
	const gz = gzipSync(Buffer.from(tar), { level: 9 });
	writeFileSync(archive, gz);
	console.log(`${archive}: ${(gz.length / 1e6).toFixed(2)} MB for PGlite ${pglite}`);
}

function sizeOf(archive: string): number | undefined {
	return existsSync(archive) ? statSync(archive).size : undefined;
}
