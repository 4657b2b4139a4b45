/**
 * Makes `src/lib/engine/slim-pgdata.tar.gz`: PGlite's data directory without the template databases (370 files
 * instead of 970, so that it opens under a limit of 1,024 files and twice as fast). It takes 12 s, so the file is
 * kept in the repository and made anew only for another version of PGlite.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';

const archive = 'src/lib/engine/slim-pgdata.tar.gz';
const sidecar = 'src/lib/engine/slim-pgdata.json';

const dist = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
const { version } = JSON.parse(readFileSync(`${dist}/../package.json`, 'utf8')) as {
	version: string;
};

if (!isCurrent()) await make();

function isCurrent(): boolean {
	if (!existsSync(archive) || !existsSync(sidecar)) return false;
	const made = JSON.parse(readFileSync(sidecar, 'utf8')) as { pglite: string; slim: number };
	return made.pglite === version && made.slim === statSync(archive).size;
}

async function make(): Promise<void> {
	const db = await PGlite.create('memory://');
	await db.exec(
		`update pg_database set datistemplate = false where datname in ('template0', 'template1')`
	);
	await db.exec('drop database template0');
	await db.exec('drop database template1');
	await db.exec('vacuum freeze analyze');
	await db.exec('checkpoint');
	const tar = await (await db.dumpDataDir('none')).arrayBuffer();
	await db.close();
	const gz = gzipSync(Buffer.from(tar), { level: 9 });
	writeFileSync(archive, gz);
	// Sizes in bytes as the page receives them, for the progress of the first download.
	const sizes = {
		pglite: version,
		wasm: statSync(`${dist}/pglite.wasm`).size,
		data: statSync(`${dist}/pglite.data`).size,
		slim: gz.length
	};
	writeFileSync(sidecar, `${JSON.stringify(sizes, null, '\t')}\n`);
	console.log(`${archive}: ${(gz.length / 1e6).toFixed(2)} MB for PGlite ${version}`);
}
