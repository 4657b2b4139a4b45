import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, types, type Transaction } from '@electric-sql/pglite';
import { render, type Sql } from '$lib/sql';
import type { Asked, Database } from './database';

const slim = new URL('../lib/engine/slim-pgdata.tar.gz', import.meta.url);

/** The embedded database in a folder, which one relay at a time may use. */
export async function openFolder(folder: string): Promise<Database> {
	await mkdir(folder, { recursive: true });
	const unlock = await lock(join(folder, 'lock'));
	const dataDir = join(folder, 'database');
	const start = existsSync(join(dataDir, 'PG_VERSION'))
		? {}
		: { loadDataDir: new Blob([new Uint8Array(await readFile(slim))]) };
	const pg = await PGlite.create({ dataDir, ...start, ...bytesByNode });
	const flush = flusher(dataDir);
	const direct = asked(pg);
	return {
		...direct,
		async run(statement) {
			const changed = await direct.run(statement);
			await flush();
			return changed;
		},
		async transaction(work) {
			const answer = await pg.transaction((tx) => work(asked(tx)));
			await flush();
			return answer;
		},
		/** PGlite's own `close` can spin for ever beside a statement. What is acknowledged is on disk; the log brings it back. */
		close: unlock
	};
}

/** PGlite's own ways for bytes go one by one, and take ten times as long: seconds for a large document. */
const bytesByNode = {
	serializers: {
		[types.BYTEA]: (bytes: Uint8Array) =>
			`\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
	},
	parsers: { [types.BYTEA]: (hex: string) => new Uint8Array(Buffer.from(hex.slice(2), 'hex')) }
};

function asked(on: PGlite | Transaction): Asked {
	return {
		async rows<Row>(query: Sql) {
			const { text, params } = render(query);
			const { rows, fields } = await on.query<Row>(text, params);
			// PGlite answers some failures with nothing at all, and no error.
			if (fields.length === 0) throw new Error('The database did not describe its answer.');
			return rows;
		},
		async run(statement) {
			const { text, params } = render(statement);
			return (await on.query(text, params)).affectedRows ?? 0;
		},
		script: async (text) => void (await on.exec(text))
	};
}

/**
 * PGlite writes to files but leaves it to the system when they reach the disk. The write-ahead log is enough to bring a
 * transaction back; after a checkpoint, which lets go of old log, everything else must be there too.
 */
function flusher(dataDir: string): () => Promise<void> {
	const wal = join(dataDir, 'pg_wal');
	const control = join(dataDir, 'global', 'pg_control');
	const flushed = new Map<string, number>();
	let checkpoint = 0;

	const flushChanged = async (folder: string) => {
		for (const entry of await readdir(folder, { withFileTypes: true })) {
			const path = join(folder, entry.name);
			if (entry.isDirectory()) await flushChanged(path);
			else await flushFile(path);
		}
	};
	const flushFile = async (path: string) => {
		const found = await stat(path).catch(() => undefined);
		if (!found || flushed.get(path) === found.mtimeMs) return;
		const file = await open(path, 'r+');
		await file.datasync().finally(() => file.close());
		flushed.set(path, found.mtimeMs);
	};
	return async () => {
		const { mtimeMs } = await stat(control);
		await flushChanged(mtimeMs === checkpoint ? wal : dataDir);
		checkpoint = mtimeMs;
	};
}

/** Two processes in one folder would destroy it. What a killed one left behind is taken over. */
async function lock(path: string): Promise<() => Promise<void>> {
	const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
	if (holder > 0 && holder !== process.pid && isRunning(holder))
		throw new Error(`Another relay (process ${holder}) uses this folder. If not, delete ${path}.`);
	await writeFile(path, String(process.pid));
	return () => rm(path, { force: true });
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
