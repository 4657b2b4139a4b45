import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { story } from './harness';

/** As Vite lists them, by their source. */
interface Chunk {
	readonly file: string;
	readonly imports?: readonly string[];
	readonly css?: readonly string[];
}
type Chunks = Readonly<Record<string, Chunk>>;

const output = '.svelte-kit/output/client';
const generated = '.svelte-kit/generated/client-optimized';

const chunks = () => JSON.parse(readFileSync(`${output}/.vite/manifest.json`, 'utf8')) as Chunks;

/** Kilobytes of 1,000 bytes, packed. */
const packed = (files: Iterable<string>) =>
	[...files].reduce(
		(sum, file) => sum + gzipSync(readFileSync(`${output}/${file}`), { level: 9 }).length / 1000,
		0
	);

/** Keys of all that is loaded with these, at once. */
function withImports(all: Chunks, roots: readonly string[]): Set<string> {
	const seen = new Set<string>();
	const visit = (key: string) => {
		if (seen.has(key)) return;
		seen.add(key);
		all[key]?.imports?.forEach(visit);
	};
	roots.forEach(visit);
	return seen;
}

const scriptsOf = (all: Chunks, keys: Set<string>) =>
	new Set([...keys].map((key) => all[key]!.file).filter((file) => file.endsWith('.js')));

/** What every page loads: the start, Kit's list of pages, the root layout. */
const shellOf = (all: Chunks) => [
	...Object.keys(all).filter((key) => key.endsWith('client/entry.js')),
	`${generated}/app.js`,
	`${generated}/nodes/0.js`
];

/** Kit numbers its pages: `'/segments'` is `nodes/3.js`, say. */
function pages(): Map<string, string> {
	const list = readFileSync(`${generated}/app.js`, 'utf8');
	return new Map(
		[...list.matchAll(/^\s*"(\/[^"]*)": \[~?(\d+)/gm)].map(([, route, node]) => [
			route!,
			`${generated}/nodes/${node}.js`
		])
	);
}

story('the first page is painted with at most 70 KB of scripts', async () => {
	const all = chunks();
	const first = scriptsOf(all, withImports(all, [...shellOf(all), pages().get('/segments')!]));
	assert.ok(first.size > 3, 'the manifest names no shell');
	const size = packed(first);
	assert.ok(size <= 70, `${size.toFixed(1)} KB`);
});

/** What the layout fetches once the frame is painted. */
const afterPaint = [
	'src/lib/open-app.ts',
	'src/routes/AppRoot.svelte',
	'src/routes/Banners.svelte',
	'src/routes/segments/SegmentIndex.svelte'
];

/** All that is there when the index shows its first count. */
function loadedByIndex(all: Chunks): Set<string> {
	for (const key of afterPaint) assert.ok(all[key], `the manifest does not know ${key}`);
	return withImports(all, [...shellOf(all), pages().get('/segments')!, ...afterPaint]);
}

story('until its first count the first page takes at most 204 KB of scripts', async () => {
	const all = chunks();
	const size = packed(scriptsOf(all, loadedByIndex(all)));
	assert.ok(size <= 204, `${size.toFixed(1)} KB`);
});

story('another page adds at most 53 KB of scripts, the builder 70', async () => {
	const all = chunks();
	const shell = scriptsOf(all, loadedByIndex(all));
	const added = [...pages()].map(([route, node]) => {
		const own = [...scriptsOf(all, withImports(all, [node]))].filter((file) => !shell.has(file));
		return { route, size: packed(own), limit: /\/(new|edit)$/.test(route) ? 70 : 53 };
	});
	const over = added.filter(({ size, limit }) => size > limit);
	assert.deepEqual(
		over.map(({ route, size }) => `${route} ${size.toFixed(1)} KB`),
		[]
	);
});

story('the first page takes at most 16 KB of styles, all pages together 51', async () => {
	const all = chunks();
	const stylesOf = (keys: Iterable<string>) =>
		packed(new Set([...keys].flatMap((key) => all[key]?.css ?? [])));
	const first = stylesOf(loadedByIndex(all));
	const every = stylesOf(Object.keys(all));
	assert.ok(first > 0 && first <= 16, `${first.toFixed(1)} KB`);
	assert.ok(every <= 51, `${every.toFixed(1)} KB`);
});

/** The worker's own script, and those it imports before it runs. */
function loadedAtOnce(scripts: readonly string[]): Set<string> {
	const seen = new Set<string>();
	const visit = (file: string) => {
		if (seen.has(file)) return;
		seen.add(file);
		const text = readFileSync(`${output}/${file}`, 'utf8');
		for (const [, name] of text.matchAll(/(?:from|import)"(?:\.\/)?(?:chunks\/)?([\w-]+\.js)"/g))
			scripts.filter((other) => other.endsWith(`/${name!}`)).forEach(visit);
	};
	scripts.filter((file) => /\/worker-[\w-]+\.js$/.test(file)).forEach(visit);
	return seen;
}

/** Drift shows here first: PGlite alone is 138 KB of scripts, the rest is our engine. */
story('the database takes at most 320 KB of scripts and 16.6 MB of files', async () => {
	const workers = '_app/immutable/workers';
	const scripts = readdirSync(`${output}/${workers}`, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.js'))
		.map((file) => `${workers}/${file}`);
	const files = readdirSync(`${output}/${workers}/assets`)
		.filter((file) => !file.startsWith('initdb')) // built, never loaded
		.map((file) => statSync(`${output}/${workers}/assets/${file}`).size / 1e6);
	// What only some file of an export needs is loaded for it.
	const atOnce = scripts.filter((file) => loadedAtOnce(scripts).has(file));
	const [size, later] = [packed(atOnce), packed(scripts) - packed(atOnce)];
	const megabytes = files.reduce((sum, file) => sum + file, 0);
	assert.ok(size > 100 && size <= 320, `${size.toFixed(1)} KB`);
	assert.ok(later <= 90, `${later.toFixed(1)} KB later`);
	assert.ok(megabytes > 10 && megabytes <= 16.6, `${megabytes.toFixed(1)} MB`);
});
