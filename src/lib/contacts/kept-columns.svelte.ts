import { defaultColumns } from './columns';

const key = 'winnow:contact-columns';

/** The columns of the table of contacts that were chosen on this device, by id. */
export class KeptColumns {
	#ids = $state.raw<readonly string[]>(read());

	get ids(): readonly string[] {
		return this.#ids;
	}

	set(ids: readonly string[]): void {
		this.#ids = ids;
		try {
			localStorage.setItem(key, JSON.stringify(ids));
		} catch {
			// Storage is refused or full: the choice lasts until the page closes.
		}
	}
}

function read(): readonly string[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
		if (Array.isArray(kept)) return kept.filter((id) => typeof id === 'string');
	} catch {
		// Refused, or not ours: as if nothing was chosen.
	}
	return defaultColumns;
}
