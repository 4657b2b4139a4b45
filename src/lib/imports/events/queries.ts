import type { Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';
import { textKey } from '$lib/text-key';
import type { Fields } from '$lib/fields/field';
import type { MergeStart } from '../contacts/contact-merge';
import { addContacts, contactsFor } from '../contacts/queries';
import type { Intake, LateRejection } from '../intake';
import type { EventDraft } from '../rows/event-draft';
import { isAboutAddress } from '../values/email-event';
import {
	copyEvents,
	copyProperties,
	copyRefs,
	eventLine,
	propertiesLine,
	refLine
} from './copy-line';
import { EventMerge, type IdentifiedEvent } from './event-merge';
import { People } from './people';

export async function hasEvents(db: Queryable): Promise<boolean> {
	const [row] = await db.rows<{ any: boolean }>(sql`select exists (select from event) as any`);
	return row!.any;
}

/** Which of these ids belong to an event already. */
export async function knownEventIds(db: Queryable, ids: readonly string[]): Promise<Set<string>> {
	// By the index whatever the planner knows of the table: see `contactsFor`.
	const rows = await db.rows<{ id: string }>(sql`
		select known.id from unnest(${ids}::text[]) as wanted(id),
			lateral (select id from event where id = wanted.id collate "C" offset 0) as known`);
	return new Set(rows.map(({ id }) => id));
}

/**
 * Adds new events in bulk: numbers are given here, and rows go in by COPY. One for each import; without a `run` nothing is
 * noted in the ledger.
 */
export class EventWriter {
	readonly #run: string | undefined;
	readonly #types = new Map<string, number>();
	readonly #refs = new Map<string, number>();
	#nextEvent: number | undefined;
	#nextRef = 0;
	#nextType = 0;

	constructor(run?: string) {
		this.#run = run;
	}

	async add(tx: Queryable, events: readonly IdentifiedEvent[]): Promise<void> {
		if (events.length === 0) return;
		const first = this.#nextEvent ?? (await this.#start(tx));
		await this.#numberTypes(tx, events);
		await this.#numberRefs(tx, events);
		const lines: string[] = [];
		const properties: string[] = [];
		for (const [i, event] of events.entries()) {
			const { id, cno, at, value } = event;
			const no = first + i;
			const type = this.#types.get(event.type)!;
			const ref = event.ref === undefined ? undefined : this.#refs.get(event.ref)!;
			lines.push(eventLine({ no, id, cno, type, at, ref, value }));
			if (event.properties) properties.push(propertiesLine(no, event.properties, event.keys ?? {}));
		}
		await tx.copyIn(copyEvents, new Blob(lines));
		if (properties.length > 0) await tx.copyIn(copyProperties, new Blob(properties));
		const next = first + events.length;
		if (this.#run !== undefined)
			await tx.run(sql`
				insert into import_event(import, first, marks)
				select ${this.#run}, ${first}, array_agg(${markOf} order by no)
				from event where no >= ${first} and no < ${next}`);
		this.#nextEvent = next;
	}

	async #start(tx: Queryable): Promise<number> {
		const [next] = await tx.rows<{ event: number; ref: number; type: number }>(sql`
			select
				(select coalesce(max(no), 0) + 1 from event)::float8 as event,
				(select coalesce(max(no), 0) + 1 from ref) as ref,
				(select coalesce(max(no), 0) + 1 from event_type) as type`);
		this.#nextRef = next!.ref;
		this.#nextType = next!.type;
		return next!.event;
	}

	async #numberTypes(tx: Queryable, events: readonly IdentifiedEvent[]): Promise<void> {
		const unknown = new Set(events.map(({ type }) => type).filter((id) => !this.#types.has(id)));
		if (unknown.size === 0) return;
		const known = await tx.rows<{ no: number; id: string }>(
			sql`select no, id from event_type where id = any(${[...unknown]}::text[])`
		);
		for (const { no, id } of known) this.#types.set(id, no);
		for (const id of unknown) {
			if (this.#types.has(id)) continue;
			const no = this.#nextType++;
			await tx.run(sql`insert into event_type(no, id) values (${no}, ${id})`);
			this.#types.set(id, no);
		}
	}

	async #numberRefs(tx: Queryable, events: readonly IdentifiedEvent[]): Promise<void> {
		// A million orders have a million references: those of earlier parts are in the table.
		if (this.#refs.size > 200_000) this.#refs.clear();
		const unknown = new Set(
			events.flatMap(({ ref }) => (ref === undefined || this.#refs.has(ref) ? [] : ref))
		);
		if (unknown.size === 0) return;
		const known = await tx.rows<{ no: number; text: string }>(sql`
			select known.no, known.text from unnest(${[...unknown]}::text[]) as wanted(text),
				lateral (select no, text from ref where text = wanted.text collate "C" offset 0) as known`);
		for (const { no, text } of known) this.#refs.set(text, no);
		const lines: string[] = [];
		for (const text of unknown) {
			if (this.#refs.has(text)) continue;
			const no = this.#nextRef++;
			this.#refs.set(text, no);
			lines.push(refLine(no, text, textKey(text)));
		}
		if (lines.length > 0) await tx.copyIn(copyRefs, new Blob(lines));
	}
}

/** The rows of `event` that an import has brought, until another write adds to them. */
export const eventsOf = (run: string) =>
	sql`event.no >= (select min(first) from import_event where import = ${run})`;

/** Four bytes of an event's id. */
export const markOf = sql`('x' || left(md5(event.id), 8))::bit(32)::int`;

/** Rows of events, on their way into the tables. */
export function eventIntake(
	start: MergeStart,
	{ run, fields }: { run: string; fields: Fields }
): Intake<EventDraft> {
	const people = new People(start);
	const merge = new EventMerge(start.at);
	const writer = new EventWriter(run);
	let before: boolean | undefined;
	return {
		async take(db, drafts, write) {
			const unmet = people.unmet(drafts);
			const created =
				unmet.length > 0
					? people.meet(unmet, await contactsFor(db, unmet, { memberships: false }))
					: [];
			if (write && created.length > 0) await addContacts(db, created, fields);

			const rejected: LateRejection[] = [];
			const events: IdentifiedEvent[] = [];
			const shared: IdentifiedEvent[] = [];
			for (const [index, draft] of drafts.entries()) {
				const sharing = isAboutAddress(draft) ? people.sharing(draft) : [];
				const actor = sharing[0] ?? people.of(draft);
				if ('type' in actor) {
					merge.reject();
					rejected.push({ index, problem: actor });
					continue;
				}
				const event = merge.identify(draft, actor);
				if (!event) continue;
				events.push(event);
				if (sharing.length > 1) shared.push(...merge.shared(event, sharing.slice(1)));
			}
			// Those of this very file are told apart already; in an empty workspace there are no others.
			before ??= await hasEvents(db);
			const ids = [...events, ...shared].map(({ id }) => id);
			const known = before ? await knownEventIds(db, ids) : new Set<string>();
			const added = merge.unknown(events, known);
			if (write) await writer.add(db, [...added, ...shared.filter(({ id }) => !known.has(id))]);
			return rejected;
		},
		get counts() {
			const { first, next } = people.made;
			return { ...merge.counts, people: next - first };
		},
		get made() {
			return people.made;
		}
	};
}
