import { KeptLook, type Look } from '$lib/contacts/kept-look.svelte';
import type { SmartListView } from './view';

/** How the table looks now: as the open smart list says, with what was changed since, or as it was left on this device. */
export class TableLook {
	readonly #kept = new KeptLook();
	readonly #open: () => { readonly id: string; readonly view: SmartListView } | undefined;
	#changes = $state.raw<{ readonly of: string; readonly look: Look }>();

	constructor(open: () => { readonly id: string; readonly view: SmartListView } | undefined) {
		this.#open = open;
	}

	get current(): Look {
		const open = this.#open();
		if (!open) return this.#kept.current;
		if (this.#changes?.of === open.id) return this.#changes.look;
		const { columns, widths = {}, density } = open.view;
		return { columns, widths, density };
	}

	set(change: Partial<Look>): void {
		const look = { ...this.current, ...change };
		const open = this.#open();
		if (open) this.#changes = { of: open.id, look };
		else this.#kept.set(look);
	}

	/** Looks as the smart list says again. */
	discard(): void {
		this.#changes = undefined;
	}
}
