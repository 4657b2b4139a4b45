import * as Y from 'yjs';
import { Contents } from '$lib/workspace/contents.svelte';

declare global {
	interface Window {
		readSegments(update: Uint8Array): { ms: number; names: number };
	}
}

/** From bytes to the list of all segments, as every page of the app begins. */
window.readSegments = (update) => {
	const begin = performance.now();
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	const { segments } = new Contents(doc);
	return { ms: performance.now() - begin, names: segments.filter(({ name }) => name).length };
};
