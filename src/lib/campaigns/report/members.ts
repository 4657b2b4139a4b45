import type { Bitmap } from '$lib/bitmap';
import type { Database } from '$lib/db/db';
import { bitmapOf } from '$lib/membership/read-sets';
import { peopleOf } from './events';
import type { OutcomePart } from './report';

/** Who is behind a number of a report. Those asked for last are kept: a list of people is scrolled, page by page. */
export class KnownOutcomes {
	readonly #database: Database;
	#last: { readonly key: string; readonly set: Bitmap } | undefined;
	#version = 0;

	constructor(database: Database) {
		this.#database = database;
		database.onchange(() => {
			this.#version++;
			this.#last = undefined;
		});
	}

	/** Those contacts, archived ones too, of numbers below `size`. */
	async part(part: OutcomePart, size: number): Promise<Bitmap> {
		const key = JSON.stringify(part);
		if (this.#last?.key === key) return this.#last.set;
		const version = this.#version;
		const set = await bitmapOf(this.#database, peopleOf(part), size);
		if (version === this.#version) this.#last = { key, set };
		return set;
	}
}
