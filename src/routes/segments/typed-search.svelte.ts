import { onDestroy } from 'svelte';

/** The text of a search that is kept in the address: what is typed runs ahead of that, and gives way when it changes. */
export class TypedSearch {
	text = $derived.by(() => this.#kept());
	readonly #kept: () => string;
	readonly #keep: (text: string) => void;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** Must be made while a component is. */
	constructor(kept: () => string, keep: (text: string) => void) {
		this.#kept = kept;
		this.#keep = keep;
		// Who has left the page must not be given the address of a search.
		onDestroy(() => clearTimeout(this.#timer));
	}

	/** Kept a moment later, so that a word is one change of the address. */
	type(text: string): void {
		this.text = text;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#keep(text), 120);
	}

	clear(): void {
		this.text = '';
		clearTimeout(this.#timer);
		this.#keep('');
	}
}
