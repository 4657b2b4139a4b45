import { Bitmap, sizeFor } from '$lib/bitmap';
import type { Queryable } from '$lib/db/db';
import { touchedSince } from '$lib/db/touched';

/** Contacts that changed since something was looked at; `all`: any may have. */
export type Changed = Bitmap | 'all';

/** Asks the database whom writes have changed since versions of the data, once for each version. */
export class ChangedSince {
	readonly #database: Queryable;
	readonly #known = new Map<number, Changed>();

	constructor(database: Queryable) {
		this.#database = database;
	}

	async version(version: number): Promise<Changed> {
		const known = this.#known.get(version);
		if (known) return known;
		const touched = await touchedSince(this.#database, version);
		const cnos = touched && [...touched.cnos.values()].flatMap((cnos) => [...cnos]);
		const changed = cnos ? Bitmap.of(cnos, sizeFor(cnos)) : 'all';
		this.#known.set(version, changed);
		return changed;
	}
}
