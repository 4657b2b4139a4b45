import { PGlite } from '@electric-sql/pglite';
import { PoolFS } from './pool-fs';
import { download } from './download';
import { isComplete, markComplete, wipe } from './mark';
import type { StartStep, Store } from './protocol';

// Without `write_zeros` growing a file is quadratic on the stores that work in memory. Buffers are filled with zeros at
// each start, by code that is not optimised yet; more of them make no question faster.
const settings = ['file_extend_method=write_zeros', 'shared_buffers=32MB'];

/** The smallest module there is, instead of 0.3 MB of initdb, which never runs here. */
const emptyModule = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

export interface OpenListener {
	onfound(existing: boolean): void;
	onstep(step: StartStep): void;
	onbytes(loaded: number, total: number): void;
	/** It is still at work on the step it said last. */
	onlife(): void;
}

/**
 * Opens the database `name` on one store, making it from the data directory that is shipped if it is not there yet, or is to be made
 * anew.
 */
export async function open(
	{ store, name, anew }: { store: Store; name: string; anew: boolean },
	on: OpenListener
): Promise<{ pg: PGlite; cold: boolean }> {
	const existing = !anew && (await isComplete(store, name));
	on.onfound(existing);
	on.onstep('download');
	const fs = store === 'opfs-ahp' ? new PoolFS(name, handles) : undefined;
	let opening = false;
	const emptied = existing ? Promise.resolve() : wipe(store, name);
	// As soon as the files are here it is waited for, and fails, as what it is: the store's.
	const ready = emptied.then(() => fs?.openFiles(() => opening && on.onlife()));
	ready.catch(() => {});
	const files = await download(!existing, on.onbytes);
	on.onstep('opening');
	opening = true;
	await ready;
	on.onlife();
	const quiet = fs && listen(fs, on.onlife);
	const pg = await PGlite.create({
		pgliteWasmModule: files.wasm,
		fsBundle: files.data,
		initdbWasmModule: new WebAssembly.Module(emptyModule),
		postgresqlconf: settings,
		...(files.start ? { loadDataDir: files.start } : {}),
		...(fs ? { fs } : { dataDir: `${store}://${name}` })
	});
	const { rows } = await pg.query<{ one: number }>('select 1 as one');
	if (rows[0]?.one !== 1) throw new Error('The database answered nothing.');
	quiet?.();
	if (!existing) await markComplete(store, name);
	return { pg, cold: !existing };
}

/**
 * This store takes a file handle for each file: about 440 of a new database, and the pool. Files
 * come from the pool, which is filled up between statements only; when one statement or transaction (a migration, a
 * join that spills) needs more than it holds, the database breaks down. All in all they must stay well under 1,024.
 */
const handles = { initialPoolSize: 620, maintainedPoolSize: 250 };

/** Unpacking takes seconds on a slow device, which is not a hung store: writes are signs of life. Gives the way to stop. */
function listen(fs: PoolFS, onlife: () => void): () => void {
	const write = fs.write.bind(fs);
	let told = performance.now();
	fs.write = (...args) => {
		if (performance.now() - told > 500) {
			told = performance.now();
			onlife();
		}
		return write(...args);
	};
	return () => {
		fs.write = write;
	};
}
