import type { Comparable, FieldValue } from '$lib/fields/value';
import { canonical } from '$lib/json';
import { hash128, hashText } from '../hash';
import { HashCounts } from '../hash-counts';
import { noCounts, type Counts } from '../report';
import type { EventDraft } from '../rows/event-draft';

/** An event whose person is known, with its identity. */
export interface IdentifiedEvent {
	readonly id: string;
	readonly cno: number;
	readonly type: string;
	readonly at: string;
	readonly ref: string | undefined;
	readonly value: number | undefined;
	readonly properties: Readonly<Record<string, FieldValue>> | undefined;
	readonly keys: Readonly<Record<string, Comparable>> | undefined;
}

/** Who did it: `uid` is part of the event's identity, for the number is another one in every database. */
export interface Actor {
	readonly cno: number;
	readonly uid: string;
}

/** Gives the events of a file their ids, and counts what becomes of them. */
export class EventMerge {
	readonly #ranks = new HashCounts();
	readonly #now: string;
	readonly #counts: { -readonly [K in keyof Counts]: number } = { ...noCounts };

	/** `now` in ISO 8601, in UTC. */
	constructor(now: string) {
		this.#now = now;
	}

	get counts(): Counts {
		return this.#counts;
	}

	/** `undefined`: an earlier row of the file is this very event. */
	identify(draft: EventDraft, { cno, uid }: Actor): IdentifiedEvent | undefined {
		const id = draft.id === undefined ? this.#hashed(draft, uid) : this.#given(draft.id);
		if (id === undefined) {
			this.#counts.repeated++;
			return;
		}
		const { type, at, ref, value, properties, keys } = draft;
		return { id, cno, type, at, ref, value, properties, keys };
	}

	/** The same event of others who have the address it is about. */
	shared(event: IdentifiedEvent, others: readonly Actor[]): IdentifiedEvent[] {
		this.#counts.shared++;
		return others.map(({ cno, uid }) => ({
			...event,
			cno,
			id: hashText(hash128(`shared ${event.id} ${uid}`))
		}));
	}

	/** Of the events of a part, those whose ids nobody has. */
	unknown(events: readonly IdentifiedEvent[], known: ReadonlySet<string>): IdentifiedEvent[] {
		const added = events.filter(({ id }) => !known.has(id));
		this.#counts.created += added.length;
		this.#counts.future += added.filter(({ at }) => at > this.#now).length;
		this.#counts.unchanged += events.length - added.length;
		return added;
	}

	reject(): void {
		this.#counts.rejected++;
	}

	#given(id: string): string | undefined {
		return this.#ranks.add(hash128(`id ${id}`)) > 0 ? undefined : id;
	}

	/**
	 * The same rows get the same ids in every import. Rows that are wholly alike are told apart by their rank: somebody
	 * who bought the same thing twice in a day did so twice.
	 */
	#hashed({ type, at, ref, value, properties }: EventDraft, uid: string): string {
		const text = canonical([uid, type, at, ref ?? null, value ?? null, properties ?? {}]);
		const hash = hash128(text);
		const rank = this.#ranks.add(hash);
		return hashText(rank === 0 ? hash : hash128(`${text} ${rank}`));
	}
}
