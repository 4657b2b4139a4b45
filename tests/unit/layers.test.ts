import { expect, test } from 'vitest';

/**
 * What a file may import is told by its name, and imports go only down. Pure modules know nothing of databases,
 * sockets, the DOM or Svelte; adapters know pure modules; reactive classes know both; views know all but pages.
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
	[/^\/src\/lib\/ui\//, 'reactive'],
	// What the builder's rows offer, and do at a key.
	[/^\/src\/lib\/segments\/builder\/(find-choices|row-items|row-keys|save)\.ts$/, 'view'],
	// What a click does to the address bar and the clipboard.
	[/^\/src\/lib\/segments\/(address|copy-text)\.ts$/, 'reactive'],
	[/^\/src\/(scripts|cli|relay)\//, 'adapter'],
	[/^\/src\/service-worker\.ts$/, 'adapter'],
	[/^\/src\/lib\/(db|engine|sync|sample)\//, 'adapter'],
	[/^\/src\/lib\/(errors|offline|trusted|href)\.ts$/, 'adapter'],
	[/^\/src\/lib\/workspace\/(storage|tabs|save-queue)/, 'adapter'],
	[/^\/src\/lib\/(imports|exports)\/(run|save|sink)/, 'adapter'],
	[/\/(queries|members)\.ts$/, 'adapter']
];

const layerOf = (path: string): Layer => names.find(([name]) => name.test(path))?.[1] ?? 'pure';

/** Packages a layer may use; the layers above adapters may use any. */
const packages: Partial<Record<Layer, RegExp>> = {
	pure: /^(zod\/mini|yjs|fractional-indexing|papaparse)$/,
	adapter:
		/^(zod\/mini|yjs|papaparse|chardet|birpc|browser-fs-access|@electric-sql\/pglite.*|node:.*|\$app\/paths|\$service-worker)$/
};

/** Folders that other folders of `lib` must not reach into: the design system knows no word of the domain. */
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
	`;
	expect(importsOf(text)).toEqual(['one', 'two', 'three', 'four', 'five']);
	expect(importsOf(text, 'types too')).toContain('types');
});

const rank = (path: string) => layers.indexOf(layerOf(path));

const isAsset = (specifier: string) => /^\.|^\$lib\//.test(specifier) && !specifier.endsWith('.ts');

/** Also those that are loaded later; type imports leave nothing behind. */
function importsOf(text: string, types?: 'types too'): string[] {
	const found =
		/^\s*(?:import|export)\s(?!type\s)[^'";]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
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
