import { untrack } from 'svelte';
import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import { pause } from '$lib/pause';
import type { Field } from './field';
import type { FieldUse } from './queries';

/** Milliseconds that the data must rest before everything is counted again. */
const rest = 400;

/** How every field is filled: one after the other, so that other questions get their turn between them. */
export class FieldUses {
	#uses = $state.raw<ReadonlyMap<string, FieldUse>>(new Map());
	readonly #count: Latest<unknown, void>;

	constructor(app: App, fields: () => readonly Field[]) {
		this.#count = new Latest(
			() => ({ fields: fields(), version: app.dataVersion }),
			async ({ fields }, signal) => {
				// Asking must not make the answer a part of the question.
				if (untrack(() => this.#uses.size) > 0) await pause(rest, signal);
				for (const field of fields) {
					const use = await app.ask('fieldUse', field);
					if (signal.aborted) return;
					this.#uses = new Map([...this.#uses, [field.id, use]]);
				}
			}
		);
	}

	of(field: string): FieldUse | undefined {
		return this.#uses.get(field);
	}

	/** Every field is counted as it is now. */
	get fresh(): boolean {
		return this.#count.fresh;
	}

	get failed(): boolean {
		return this.#count.current.status === 'failed';
	}

	retry(): void {
		this.#count.retry();
	}
}
