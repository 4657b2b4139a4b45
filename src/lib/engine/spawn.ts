import { trustedScript } from '$lib/trusted';
import workerUrl from './worker?worker&url';

/**
 * Starts the engine's worker. A worker loaded from its own URL takes its Content Security Policy from that response's
 * headers: on a static host, none. One loaded from a blob inherits the page's. So: a blob of one line that imports it.
 */
export function spawnWorker(url = workerUrl): Worker {
	const href = new URL(url, location.href).href;
	const line = new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' });
	return new Worker(trustedScript(URL.createObjectURL(line)), { type: 'module', name: 'engine' });
}
