import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	worker: { format: 'es' },
	optimizeDeps: { exclude: ['@electric-sql/pglite'] },
	// Two copies of yjs in one page do not recognise each other's documents.
	resolve: { dedupe: ['yjs', 'lib0'] },
	build: { target: 'es2022', manifest: true },
	test: {
		projects: [
			{
				extends: true,
				test: { name: 'node', environment: 'node', include: ['tests/unit/**/*.test.ts'] }
			},
			{
				extends: true,
				// Without it Svelte would mount its server build.
				resolve: { conditions: ['browser'] },
				test: { name: 'jsdom', environment: 'jsdom', include: ['tests/component/**/*.test.ts'] }
			}
		]
	}
});
