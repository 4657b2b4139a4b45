import { createSubscriber } from 'svelte/reactivity';

/** Something that changes outside of Svelte. Who reads it in an effect or a template runs again when it changed. */
export class Topic {
	readonly #updates = new Set<() => void>();
	readonly #subscribe = createSubscriber((update) => {
		this.#updates.add(update);
		return () => this.#updates.delete(update);
	});

	read(): void {
		this.#subscribe();
	}

	changed(): void {
		for (const update of this.#updates) update();
	}
}
