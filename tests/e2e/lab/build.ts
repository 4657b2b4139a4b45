import { resolve } from 'node:path';
import { build } from 'vite';

export const directory = '.e2e/lab';

let built: Promise<unknown> | undefined;

/** Builds the lab once a run: the app's engine on a bare page, with methods that treat it roughly. */
export const buildLab = () =>
	(built ??= build({
		configFile: false,
		root: import.meta.dirname,
		base: './',
		logLevel: 'error',
		resolve: { alias: { $lib: resolve('src/lib') } },
		worker: { format: 'es' },
		build: { outDir: resolve(directory), emptyOutDir: true, target: 'es2022' }
	}));
