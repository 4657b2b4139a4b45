import wasmUrl from '@electric-sql/pglite/pglite.wasm?url';
import dataUrl from '@electric-sql/pglite/pglite.data?url';
import sizes from './slim-pgdata.json';
import slimUrl from './slim-pgdata.tar.gz?url';

export interface EngineFiles {
	readonly wasm: WebAssembly.Module;
	readonly data: Blob;
	/** The data directory a new database starts from. */
	readonly slim: Blob | undefined;
}

/**
 * Fetches PGlite's files; `onbytes` hears how many have arrived of how many (unpacked, as the page receives them).
 * Rejects when one of them does not arrive.
 */
export async function download(
	withSlim: boolean,
	onbytes: (loaded: number, total: number) => void
): Promise<EngineFiles> {
	const total = sizes.wasm + sizes.data + (withSlim ? sizes.slim : 0);
	let loaded = 0;
	const count = (bytes: number) => onbytes((loaded += bytes), total);
	const [wasm, data, slim] = await Promise.all([
		get(wasmUrl, count).then(compile),
		get(dataUrl, count).then((response) => response.blob()),
		withSlim ? get(slimUrl, count).then((response) => response.blob()) : undefined
	]);
	return { wasm, data, slim };
}

async function get(url: string, count: (bytes: number) => void): Promise<Response> {
	const href = new URL(url, import.meta.url); // a blob worker has no base of its own
	// What the service worker keeps needs no progress, and Chromium caches the compiled code of a plain response only.
	const kept = (await caches.match(href)) !== undefined;
	const response = await fetch(href);
	if (!response.ok || !response.body) throw new Error(`${response.status} for ${href.pathname}`);
	if (kept) return response;
	const counted = response.body.pipeThrough(
		new TransformStream<Uint8Array, Uint8Array>({
			transform(chunk, controller) {
				count(chunk.byteLength);
				controller.enqueue(chunk);
			}
		})
	);
	return new Response(counted, { headers: response.headers });
}

/** Some hosts send wasm under a wrong type, which `compileStreaming` refuses. */
async function compile(response: Response): Promise<WebAssembly.Module> {
	const typed = response.headers.get('content-type')?.startsWith('application/wasm');
	return typed
		? WebAssembly.compileStreaming(response)
		: WebAssembly.compile(await response.arrayBuffer());
}
