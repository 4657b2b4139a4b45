import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

// PGlite has an `eval` that never runs, and would be refused if it did.
const rolldownOptions = { checks: { eval: false, pluginTimings: false } };

export default defineConfig({
	plugins: [sveltekit()],
	worker: { format: 'es', rolldownOptions },
	optimizeDeps: { exclude: ['@electric-sql/pglite'] },
	// Two copies of yjs in one page do not recognise each other's documents.
	resolve: { dedupe: ['yjs', 'lib0'] },
	build: { target: 'es2022', manifest: true, rolldownOptions },
	test: {
		// A real database on a busy machine takes its time; a test that hangs still ends.
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// By itself it leaves one core of two to others; half of what is waited for here is other processes.
		maxWorkers: '100%',
		projects: [
			{
				extends: true,
				test: { name: 'node', environment: 'node', include: ['tests/unit/**/*.test.ts'] }
			},
			{
				extends: true,
				// Without it Svelte would mount its server build.
				resolve: { conditions: ['browser'] },
				test: {
					name: 'jsdom',
					environment: 'jsdom',
					include: ['tests/component/**/*.test.ts'],
					setupFiles: ['tests/component/setup.ts']
				}
			}
		]
	}
});
