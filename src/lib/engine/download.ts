import wasmUrl from '@electric-sql/pglite/pglite.wasm?url';
import dataUrl from '@electric-sql/pglite/pglite.data?url';
import sizes from './pgdata.json';
import startUrl from './ready-pgdata.tar.gz?url';

export interface EngineFiles {
	readonly wasm: WebAssembly.Module;
	readonly data: Blob;
	/** The data directory a new database starts from. */
	readonly start: Blob | undefined;
}

let loaded = 0;
let tell: (() => void) | undefined;
const count = (bytes: number): void => {
	loaded += bytes;
	tell?.();
};

/** What every start needs is fetched as soon as the worker runs, while it is told which database to open. */
const needed = Promise.all([
	get(wasmUrl).then(compile),
	get(dataUrl).then((response) => response.blob())
]);
needed.catch(() => {}); // whoever asks for them is told

/**
 * PGlite's files; `onbytes` hears how many bytes have arrived of how many (unpacked, as the page receives them). Rejects
 * when one of them does not arrive. A worker asks once.
 */
export async function download(
	withStart: boolean,
	onbytes: (loaded: number, total: number) => void
): Promise<EngineFiles> {
	const total = sizes.wasm + sizes.data + (withStart ? sizes.ready : 0);
	tell = () => onbytes(loaded, total);
	const [[wasm, data], start] = await Promise.all([
		needed,
		withStart ? get(startUrl).then((response) => response.blob()) : undefined
	]);
	return { wasm, data, start };
}

async function get(url: string): Promise<Response> {
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
