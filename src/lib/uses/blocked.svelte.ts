import type { Edit } from '$lib/workspace/gesture';
import type { Used } from './mentions';

/** Things that somebody wants to delete, and that something else uses. */
export interface BlockedDelete {
	readonly things: readonly (Used & { readonly name: string })[];
	/** Deletes them all, with what is to be done first, as one gesture. */
	readonly remove: (first?: (edit: Edit) => void) => void;
}

class Asked {
	#current = $state.raw<BlockedDelete>();

	get current(): BlockedDelete | undefined {
		return this.#current;
	}

	set(blocked: BlockedDelete | undefined): void {
		this.#current = blocked;
	}
}

/** What the dialog about it is open for. */
export const blockedDelete = new Asked();
