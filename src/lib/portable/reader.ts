import { hash128 } from '$lib/imports/hash';
import { HashCounts } from '$lib/imports/hash-counts';
import { countsOf, parts, type Counts, type Part, type Portables } from './parts';
import { BadSource, readPart, type Source } from './source';

/** Reads the parts of a file, contacts first, and holds them to what only the file as a whole can tell. */
export class SourceReader {
	readonly #source: Source;
	/** Of all contacts, once they were read. */
	readonly uids = new Set<string>();

	constructor(source: Source) {
		this.#source = source;
	}

	/** Throws `BadSource` at the first value that is wrong. */
	read<P extends Part>(part: P): AsyncGenerator<Portables[P][]> {
		// The table has for each part the check of that very part, which TypeScript cannot follow.
		const check = this.#checks[part]() as (value: Portables[P], at: string) => boolean;
		return readPart(this.#source, part, check);
	}

	readonly #checks: { [P in Part]: () => (value: Portables[P], at: string) => boolean } = {
		contacts: () => {
			const externalIds = new Set<string>();
			this.uids.clear();
			return ({ uid, externalId }, at) => {
				if (this.uids.has(uid)) throw new BadSource(`${at}: another contact has the uid "${uid}".`);
				this.uids.add(uid);
				if (!externalId) return true;
				if (externalIds.has(externalId))
					throw new BadSource(`${at}: another contact has the externalId "${externalId}".`);
				externalIds.add(externalId);
				return true;
			};
		},
		events: () => {
			const ids = new HashCounts();
			return (event, at) => {
				this.#checkContact(event, at);
				// The same event again changes nothing.
				return ids.add(hash128(event.id)) === 0;
			};
		},
		suppressions: () => () => true,
		changes: () => (change, at) => this.#checkContact(change, at),
		moves: () => (move, at) => this.#checkContact(move, at),
		runs: () => () => true,
		recipients: () => () => true
	};

	#checkContact({ contact }: { contact: string }, at: string): true {
		if (this.uids.has(contact)) return true;
		throw new BadSource(`${at}: there is no contact with the uid "${contact}".`);
	}
}

/** Reads all of a file and keeps nothing of it. `tell` hears after each batch how many there were so far. */
export async function countAll(
	source: Source,
	tell: (done: number) => Promise<void> = async () => {}
): Promise<Counts> {
	const reader = new SourceReader(source);
	const counts = new Map<Part, number>();
	let done = 0;
	for (const part of parts) {
		for await (const values of reader.read(part)) {
			done += values.length;
			counts.set(part, (counts.get(part) ?? 0) + values.length);
			await tell(done);
		}
	}
	return countsOf((part) => counts.get(part) ?? 0);
}
