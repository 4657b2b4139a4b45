import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';

const pages = process.env.OUT ?? 'build';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: portable(adapter({ pages })),
		// One document for every address: it works from any folder of any static host, without rewrites.
		router: { type: 'hash' },
		// Registered by `src/lib/offline.ts`, after the first answer: installing it competes with the start.
		serviceWorker: { register: false },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self', 'wasm-unsafe-eval'],
				'worker-src': ['self', 'blob:'],
				// Relays are typed in later, and a policy in the page is fixed when it is built.
				'connect-src': ['self', 'wss:', 'ws://localhost:*', 'ws://127.0.0.1:*'],
				'style-src': ['self'],
				// Kit's route announcer
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'manifest-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none'],
				'object-src': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': [
					'svelte-trusted-html',
					'sveltekit-trusted-url',
					'winnow',
					// Takes apart what is pasted, in a document that runs nothing.
					'ProseMirrorClipboard'
				]
			}
		}
	}
};

/**
 * Kit writes absolute paths into the hash router's page, and leaves the engine's files out of the service
 * worker's list. This makes the paths relative, hashes the start script anew, and completes the list.
 *
 * @param {import('@sveltejs/kit').Adapter} inner
 * @returns {import('@sveltejs/kit').Adapter}
 */
function portable(inner) {
	return {
		...inner,
		async adapt(builder) {
			await inner.adapt(builder);
			const built = readFileSync(`${pages}/index.html`, 'utf8');
			writeFileSync(`${pages}/index.html`, relative(built));
			const worker = readFileSync(`${pages}/service-worker.js`, 'utf8');
			writeFileSync(`${pages}/service-worker.js`, listed(worker));
		}
	};
}

/** @param {string} html */
function relative(html) {
	const moved = html.replaceAll('"/_app/', '"./_app/');
	if (!html.includes(startHash(html)))
		throw new Error('The hash of the start script was not found.');
	if (/(?:href|src)="\/|import\("\//.test(moved))
		throw new Error('An absolute path is left in index.html.');
	return moved.replace(startHash(html), startHash(moved));
}

/** @param {string} html */
function startHash(html) {
	const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
	return createHash('sha256').update(script).digest('base64');
}

/** @param {string} worker */
function listed(worker) {
	if (!worker.includes('__ENGINE_FILES__'))
		throw new Error('The service worker has no place for the list of the engine’s files.');
	const files = readdirSync(`${pages}/_app/immutable/workers`, {
		recursive: true,
		withFileTypes: true
	})
		.filter((file) => file.isFile() && !file.name.startsWith('initdb')) // never runs here
		.map((file) => `${file.parentPath}/${file.name}`.slice(pages.length));
	return worker.replace('__ENGINE_FILES__', files.join(' '));
}
