import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresPrograms } from '../../fixtures/postgres-server';
import type { EngineName } from './engine';

/** Versions of all that Winnow is compared with and that is installed. */
export function versions(): Readonly<Partial<Record<EngineName, string>>> {
	const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		readonly [of in 'dependencies' | 'devDependencies']: Readonly<Record<string, string>>;
	};
	return {
		PGlite: dependencies['@electric-sql/pglite']!,
		'DuckDB-WASM': devDependencies['@duckdb/duckdb-wasm']!,
		'SQLite-WASM': devDependencies['@sqlite.org/sqlite-wasm']!,
		...(postgresPrograms ? { Postgres: postgresVersion(postgresPrograms) } : {})
	};
}

/** `postgres (PostgreSQL) 15.18 (Debian …)` says more than is wanted. */
function postgresVersion(programs: string): string {
	const text = execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' });
	return /\d+(\.\d+)*/.exec(text)![0];
}
