import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface ServeOptions {
	readonly directory: string;
	/** 0 for any free one. */
	readonly port: number;
	/** Where on the host the app is: `/` or `/demo/`. */
	readonly folder?: string;
	/** Changes a file on its way out, anew for each request; for tests. */
	readonly rewrite?: (path: string, body: Buffer) => Buffer;
	/** Small files that are told at each request, by their names in the folder; `undefined` for one that is not there now. */
	readonly told?: Readonly<Record<string, (request: IncomingMessage) => string | undefined>>;
}

export interface Served {
	readonly url: string;
	close(): Promise<void>;
}

/** Serves a directory of files as a plain static host does: no rewrites. Rejects when the port is taken. */
export async function serve(options: ServeOptions): Promise<Served> {
	const { folder = '/', port } = options;
	const server = createServer(filesOf(options));
	await new Promise<void>((listening, failed) => {
		server.once('error', failed);
		server.listen(port, '127.0.0.1', listening);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${folder}`,
		close: () =>
			new Promise((closed) => {
				server.close(() => closed());
				server.closeAllConnections();
			})
	};
}

/** Answers requests from a directory of files. */
export function filesOf(
	options: Omit<ServeOptions, 'port'>
): (request: IncomingMessage, response: ServerResponse) => void {
	const { folder = '/' } = options;
	const files = new Map<string, Promise<File | undefined>>();
	return (request, response) => {
		answer(request, response, files, { ...options, folder }).catch((error: unknown) => {
			response.writeHead(500).end();
			console.error(error);
		});
	};
}

interface File {
	readonly changed: number;
	readonly etag: string;
	readonly plain: Buffer;
	readonly packed: Buffer | undefined;
}

async function answer(
	request: IncomingMessage,
	response: ServerResponse,
	files: Map<string, Promise<File | undefined>>,
	{ directory, folder, rewrite, told }: Omit<ServeOptions, 'port'> & { folder: string }
): Promise<void> {
	const path = pathOf(request.url ?? '/');
	if (request.method !== 'GET' && request.method !== 'HEAD') return end(405);
	if (path === undefined) return end(400);
	if (`${path}/` === folder) return end(308, { location: folder });
	if (!path.startsWith(folder)) return end(404);

	const inside = path.slice(folder.length);
	const name = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
	const word = told && Object.hasOwn(told, name) ? told[name]!(request) : undefined;
	if (word !== undefined)
		return end(200, { ...headersOf(name), 'cache-control': 'no-store' }, word);
	const file = await read(join(directory, name));
	if (!file) return end(404);

	const packed = /\bgzip\b/.test(String(request.headers['accept-encoding'])) && file.packed;
	const headers = {
		...headersOf(name),
		...(rewrite ? { 'cache-control': 'no-store' } : {}),
		etag: file.etag,
		...(file.packed ? { vary: 'accept-encoding' } : {}),
		...(packed ? { 'content-encoding': 'gzip' } : {})
	};
	if (request.headers['if-none-match'] === file.etag) return end(304, headers);
	const body = packed || file.plain;
	response.writeHead(200, { ...headers, 'content-length': body.length });
	response.end(request.method === 'HEAD' ? undefined : body);

	function end(status: number, headers: Record<string, string> = {}, body?: string): void {
		response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
	}

	/** From memory, unless it was built anew meanwhile. */
	async function read(at: string): Promise<File | undefined> {
		if (!resolve(at).startsWith(resolve(directory) + sep)) return;
		const found = await stat(at).catch(() => undefined);
		if (!found?.isFile()) return;
		const kept = await files.get(at);
		if (kept?.changed === found.mtimeMs && !rewrite) return kept;
		const loading = load(at, found.mtimeMs);
		files.set(at, loading);
		return loading;
	}

	async function load(at: string, changed: number): Promise<File> {
		const body = await readFile(at);
		const plain = rewrite?.(name, body) ?? body;
		const packed = packs.test(name) ? await promisify(gzip)(plain, { level: 6 }) : undefined;
		const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16);
		return { changed, etag: `"${hash}"`, plain, packed };
	}
}

function pathOf(url: string): string | undefined {
	try {
		const path = decodeURIComponent(new URL(url, 'http://host').pathname);
		return path.includes('\0') ? undefined : path;
	} catch {
		return undefined;
	}
}

function headersOf(name: string): Record<string, string> {
	return {
		'content-type': types[extname(name)] ?? 'application/octet-stream',
		'cache-control': name.startsWith('_app/immutable/')
			? 'public, max-age=31536000, immutable'
			: 'no-cache',
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		// These cannot be said in the page's own policy.
		...(name.endsWith('.html')
			? { 'content-security-policy': "frame-ancestors 'none'", 'x-frame-options': 'DENY' }
			: {})
	};
}

const packs = /\.(html|js|css|json|webmanifest|svg|wasm|data|csv|tsv|txt)$/;

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.webmanifest': 'application/manifest+json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
	'.wasm': 'application/wasm',
	'.gz': 'application/gzip',
	'.csv': 'text/csv; charset=utf-8',
	'.tsv': 'text/tab-separated-values; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8'
};
