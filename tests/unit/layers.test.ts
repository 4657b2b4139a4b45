import { expect, test } from 'vitest';

/**
 * What a file may import is told by its name, and imports go only down. Pure modules know nothing of databases,
 * sockets, storage, the clock, the page or Svelte; adapters know pure modules; reactive ones know both; views know all
 * but pages.
 */
const layers = ['pure', 'adapter', 'reactive', 'view', 'page'] as const;
type Layer = (typeof layers)[number];

/** The first that fits. */
const names: readonly (readonly [RegExp, Layer])[] = [
	[/^\/src\/routes\//, 'page'],
	[/^\/src\/hooks/, 'page'],
	[/\.svelte$/, 'view'],
	[/\/editors\.ts$/, 'view'],
	[/\.svelte\.ts$/, 'reactive'],
	[/\/context\.ts$/, 'reactive'],
	[/^\/src\/lib\/open-app\.ts$/, 'reactive'],
	// What a text is edited with: it touches the page.
	[/^\/src\/lib\/campaigns\/content\/editor\//, 'reactive'],
	// The design system's own modules: they touch the page.
	[/^\/src\/lib\/ui\//, 'reactive'],
	// What the builder's rows offer, and do at a key.
	[/^\/src\/lib\/segments\/builder\/(find-choices|row-items|row-keys|save)\.ts$/, 'view'],
	// What a click does to the address bar and the clipboard.
	[/^\/src\/lib\/segments\/(address|copy-text)\.ts$/, 'reactive'],
	[/^\/src\/(scripts|cli|relay)\//, 'adapter'],
	[/^\/src\/service-worker\.ts$/, 'adapter'],
	[/^\/src\/lib\/(db|engine|sample)\//, 'adapter'],
	[
		/^\/src\/lib\/sync\/(?!(protocol|mail-protocol|mail-offer|base64|invitation|hand-off-link|describe|device-words)\.ts)/,
		'adapter'
	],
	[/^\/src\/lib\/(early-engine|errors|offline|trusted|href)\.ts$/, 'adapter'],
	// Packs and unpacks with the browser's own compression.
	[/^\/src\/lib\/segments\/sharing\/link\.ts$/, 'adapter'],
	[/^\/src\/lib\/workspace\/(author|current|storage|tabs|save-queue)/, 'adapter'],
	[/^\/src\/lib\/(imports|exports)\/(run|save|sink|xlsx|parquet|phone)/, 'adapter'],
	[/^\/src\/lib\/campaigns\/hand-over\/(run|zip)\.ts$/, 'adapter'],
	[/^\/src\/lib\/portable\/(load|unload|run|encrypted\/(?!(cutter|head)\.ts))/, 'adapter'],
	[/^\/src\/lib\/(backup\/folder|storage\/device)\.ts$/, 'adapter'],
	[/^\/src\/lib\/membership\/history\/(changed|moved|at|recompute|histories)\.ts$/, 'adapter'],
	// What this device keeps beside the workspace, makes at random or waits for.
	[/\/(kept|kept-counts|kept-value|once-free|recent-choices|random-id|pause)\.ts$/, 'adapter'],
	[
		/\/(queries|members|changed-members|excerpt|mirrors|mirror-files|part-files|read-arrays|read-columns|read-events|read-sets|spare-time|next-change)\.ts$/,
		'adapter'
	]
];

const layerOf = (path: string): Layer => names.find(([name]) => name.test(path))?.[1] ?? 'pure';

/** Packages a layer may use; the layers above adapters may use any. */
const packages: Partial<Record<Layer, RegExp>> = {
	pure: /^(zod\/mini|yjs|fractional-indexing|papaparse|lib0\/buffer)$/,
	adapter:
		/^(zod\/mini|yjs|papaparse|chardet|birpc|browser-fs-access|fflate|client-zip|hyparquet-writer|libphonenumber-js\/min|@noble\/hashes\/.*|@electric-sql\/pglite.*|pg|pg-copy-streams|@hocuspocus\/.*|ws|ioredis|jose|nodemailer|lib0\/decoding|node:.*|\$app\/paths|\$service-worker)$/
};

/** The folders of the domain: all of `lib` that is not the design system. */
const nouns = /^\/src\/lib\/(?!ui\/)[^/]+\//;

const sources = import.meta.glob<string>('/src/**/*.{ts,svelte}', {
	query: '?raw',
	import: 'default',
	eager: true
});
const files = Object.entries(sources).filter(([path]) => !path.endsWith('.d.ts'));

test('imports go only down, and each layer uses only its packages', () => {
	const wrong = files.flatMap(([path, text]) => {
		const layer = layerOf(path);
		return importsOf(text)
			.filter((specifier) => {
				const target = resolve(path, specifier);
				if (target) return rank(target) > rank(path);
				return !isAsset(specifier) && packages[layer]?.test(specifier) === false;
			})
			.map((specifier) => `${path} (${layer}) imports ${specifier}`);
	});
	expect(wrong).toEqual([]);
});

/** What only a page, a worker or a machine has: asked for here, passed on to pure modules. */
const worldly =
	/(?<![.\w$'`"#-])(?:localStorage|sessionStorage|indexedDB|document\b(?!s)|window\.(?:open|location|document|navigator|matchMedia|\w+EventListener)\b|navigator|location(?=\.\w)|fetch\(|setTimeout|setInterval|requestAnimationFrame|BroadcastChannel|new Worker|crypto|performance|Date\.now|Math\.random|new Date\(\))/g;

test('pure modules know nothing of the page, storage, the clock and chance', () => {
	const wrong = files
		.filter(([path]) => layerOf(path) === 'pure')
		.flatMap(([path, text]) =>
			(withoutComments(text).match(worldly) ?? []).map((word) => `${path} uses ${word}`)
		);
	expect(wrong).toEqual([]);
});

test('what is worldly is seen', () => {
	const text = `
		// Math.random() in a comment is not
		const a = localStorage.getItem('x') ?? document.title; /* fetch('y') */
		const b = { window: 1, fetch: 2 }.window + Date.now();
		window.open('/');
	`;
	expect(withoutComments(text).match(worldly)).toEqual([
		'localStorage',
		'document',
		'Date.now',
		'window.open'
	]);
});

test('every name that tells a layer is the name of something', () => {
	const unused = names.filter(([name]) => !files.some(([path]) => name.test(path)));
	expect(unused.map(([name]) => String(name))).toEqual([]);
});

test('the design system knows no word of the domain', () => {
	const wrong = files
		.filter(([path]) => path.startsWith('/src/lib/ui/'))
		.flatMap(([path, text]) =>
			importsOf(text, 'types too')
				.filter((specifier) => nouns.test(resolve(path, specifier) ?? ''))
				.map((specifier) => `${path} imports ${specifier}`)
		);
	expect(wrong).toEqual([]);
});

test('an import is seen in every form it has', () => {
	const text = `
		import a from 'one';
		import {
			b,
			type C
		} from "two";
		import type { D } from 'types';
		export { e } from 'three';
		import 'four';
		const later = () => import('five');
		export const copy = sql\`copy contact from '/dev/blob'\`;
	`;
	expect(importsOf(text)).toEqual(['one', 'two', 'three', 'four', 'five']);
	expect(importsOf(text, 'types too')).toContain('types');
});

const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

const rank = (path: string) => layers.indexOf(layerOf(path));

const isAsset = (specifier: string) => /^\.|^\$lib\//.test(specifier) && !specifier.endsWith('.ts');

/** Also those that are loaded later; type imports leave nothing behind. */
function importsOf(text: string, types?: 'types too'): string[] {
	const found =
		/^\s*(?:import\s(?!type\s)|export\s*[*{])[^'";]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
	const typed = /^\s*(?:import|export)\stype\s[^'";]*?from\s*['"]([^'"]+)['"]/gm;
	return [...text.matchAll(found), ...(types ? text.matchAll(typed) : [])].map(
		([, from, bare, later]) => (from ?? bare ?? later)!
	);
}

/** The source file an import means, or undefined for packages and assets. */
function resolve(from: string, specifier: string): string | undefined {
	if (!/^(\.|\$lib\/)/.test(specifier)) return;
	const path = specifier.startsWith('$lib/')
		? `/src/lib/${specifier.slice('$lib/'.length)}`
		: new URL(specifier, `file://${from}`).pathname;
	const plain = path.replace(/\?.*$/, '');
	return [plain, `${plain}.ts`].find((candidate) => candidate in sources);
}
