import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { momentFile } from '../tap';

/** The app in `app/` and the lab in `lab/`, of one origin: the lab can look into the app's database. */
export const directory = '.e2e/chaos';

/** How many migrations there are. */
export const migrationCount = readdirSync('src/lib/db/migrations').length;

let built: Promise<void> | undefined;

/** Puts the built app and the lab together, once a run. */
export const buildChaos = () => (built ??= putTogether());

async function putTogether(): Promise<void> {
	const alias = [
		{ find: '$lib/db/migrations', replacement: join(import.meta.dirname, 'migrations.ts') },
		// Databases of earlier versions began without tables.
		{
			find: /^\.\/ready-pgdata\.tar\.gz/,
			replacement: resolve('src/lib/engine/slim-pgdata.tar.gz')
		},
		{ find: '$lib', replacement: resolve('src/lib') }
	];
	await build({
		configFile: false,
		root: import.meta.dirname,
		base: './',
		logLevel: 'error',
		plugins: [svelte({ configFile: false })],
		resolve: { alias, dedupe: ['yjs', 'lib0'] },
		worker: { format: 'es' },
		build: { outDir: resolve(directory, 'lab'), emptyOutDir: true, target: 'es2022' }
	});
	cpSync('build', `${directory}/app`, { recursive: true });
	writeFileSync(`${directory}/${momentFile}`, '');
}
