import { createRawSnippet } from 'svelte';

/** A snippet of plain words. */
export function words(text: string) {
	return createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));
}
