import type { Contact } from '$lib/contacts/contact';
import { nextCno } from '$lib/contacts/number';
import type { Queryable } from '$lib/db/db';
import type { Known } from '$lib/imports/contacts/known';
import { carefulMerging } from '$lib/imports/mapping';
import { mergeContact, type ContactChange } from '$lib/imports/contacts/merge';
import { contactsFor, contactsWith, writePart } from '$lib/imports/contacts/queries';
import { EventWriter, hasEvents, knownEventIds } from '$lib/imports/events/queries';
import { logRows } from '$lib/membership/history/log';
import type { Definitions } from '$lib/rules/definitions';
import { sql } from '$lib/sql';
import { textKey } from '$lib/text-key';
import { changeLine, copyChanges, copyMoves, createMoveLine, moveLine } from './copy-line';
import { contactDraft } from './draft';
import { Match } from './match';
import { contactOf, entryOf, eventOf, type PortableContact } from './people';
import { countsOf, parts, type Counts, type Part } from './parts';
import { SourceReader } from './reader';
import type { Source } from './source';

export interface LoadPlan {
	/** By which values are compared from now on. */
	readonly definitions: Pick<Definitions, 'fields' | 'eventTypes'>;
	/** ISO 8601, in UTC: what the file gives no instant for counts as of then. */
	readonly then: string;
	/** Hears after each batch how much of the file is in; may throw to stop. */
	readonly tell?: (done: number) => Promise<void>;
}

export interface Loaded {
	/** Those that were not there. */
	readonly added: Counts;
	/** Contacts there were that now know more. */
	readonly changed: number;
}

/**
 * Adds what a file holds to what is there, which stays as it is: a contact that is known gets what it has no value for,
 * and a refusal of consent. Loaded again, nothing changes. Throws `BadSource` at the first value that is wrong.
 */
export async function loadPeople(tx: Queryable, source: Source, plan: LoadPlan): Promise<Loaded> {
	const loading = new Loading(tx, source, plan);
	for (const part of parts) await loading[part]();
	const { added, changed } = loading;
	return { added: countsOf((part) => added.get(part) ?? 0), changed: changed.size };
}

class Loading {
	readonly added = new Map<Part, number>();
	readonly changed = new Set<number>();
	readonly #tx: Queryable;
	readonly #source: Source;
	readonly #reader: SourceReader;
	readonly #plan: LoadPlan;
	/** By uid in the file. */
	readonly #cnos = new Map<string, number>();
	/** Runs that were not there. */
	readonly #runs = new Set<string>();
	/** Contacts from this number on were not there. */
	#first = 0;
	#done = 0;

	constructor(tx: Queryable, source: Source, plan: LoadPlan) {
		this.#tx = tx;
		this.#source = source;
		this.#reader = new SourceReader(source);
		this.#plan = plan;
	}

	async contacts(): Promise<void> {
		const tx = this.#tx;
		const { definitions, then } = this.#plan;
		this.#first = await nextCno(tx);
		const match = this.#first > 0 ? new Match(await this.#uids()) : undefined;
		let next = this.#first;
		for await (const batch of this.#reader.read('contacts')) {
			const known = match ? await this.#known(batch) : [];
			const find = match?.among(known) ?? (() => undefined);
			const created: Contact[] = [];
			const updated = new Map<number, { contact: Contact; change: ContactChange }>();
			for (const one of batch) {
				const here = find(one);
				this.#cnos.set(one.uid, here?.cno ?? next);
				if (!here) created.push(contactOf(one, next++));
				else this.#meet(here, one, known, updated);
			}
			const entries = (of: 'tags' | 'lists') =>
				batch.flatMap((one) => this.#entries(one[of], this.#cnos.get(one.uid)!));
			const part = { created, updated: [...updated.values()], completed: [], rejected: [] };
			await writePart(
				tx,
				{ ...part, tags: entries('tags'), lists: entries('lists') },
				{ run: undefined, at: then, fields: definitions.fields }
			);
			await this.#tell('contacts', batch.length, created.length);
		}
	}

	async events(): Promise<void> {
		const tx = this.#tx;
		const writer = new EventWriter();
		const before = await hasEvents(tx);
		for await (const batch of this.#reader.read('events')) {
			const ids = batch.map(({ id }) => id);
			const known = before ? await knownEventIds(tx, ids) : new Set<string>();
			const added = batch
				.filter(({ id }) => !known.has(id))
				.map((event) => {
					const cno = this.#cnos.get(event.contact)!;
					const { ref, value, properties, keys, ...row } = eventOf(
						event,
						cno,
						this.#plan.definitions.eventTypes
					);
					return {
						...row,
						...{ ref: ref ?? undefined, value: value ?? undefined },
						...{ properties: properties ?? undefined, keys: keys ?? undefined }
					};
				});
			await writer.add(tx, added);
			await this.#tell('events', batch.length, added.length);
		}
	}

	async suppressions(): Promise<void> {
		for await (const batch of this.#reader.read('suppressions')) {
			const rows = batch.map((one) => ({ ...one, address: textKey(one.address) }));
			const added = await this.#tx.run(sql`
				insert into suppression(channel, address, reason, at)
				select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(channel text, address text, reason text, at timestamptz)
				on conflict do nothing`);
			await this.#tell('suppressions', batch.length, added);
		}
	}

	/** Of contacts that were there their own history is known. */
	async changes(): Promise<void> {
		for await (const batch of this.#reader.read('changes')) {
			const lines = this.#ofNew(batch).map(({ one, cno }) => changeLine(one, cno));
			if (lines.length > 0) await this.#tx.copyIn(copyChanges, new Blob(lines));
			await this.#tell('changes', batch.length, lines.length);
		}
	}

	/** All of one instant are one row of the log: they are put together when the last has come. */
	async moves(): Promise<void> {
		await this.#tx.run(createMoveLine);
		for await (const batch of this.#reader.read('moves')) {
			const lines = new Set(this.#ofNew(batch).map(({ one, cno }) => moveLine(one, cno)));
			if (lines.size > 0) await this.#tx.copyIn(copyMoves, new Blob([...lines]));
			await this.#tell('moves', batch.length, lines.size);
		}
		await logRows(this.#tx, sql`select * from move_line`);
		await this.#tx.run(sql`drop table move_line`);
	}

	/** One that is there stays as it is, with those in it. */
	async runs(): Promise<void> {
		for await (const batch of this.#reader.read('runs')) {
			const added = await this.#tx.rows<{ id: string }>(sql`
				insert into campaign_run(id, campaign, ref, at, how, frozen, reach, hash, state)
				select id, campaign, ref, at, how, frozen, reach, hash, state
				from jsonb_populate_recordset(null::campaign_run, ${JSON.stringify(batch)}::jsonb)
				on conflict do nothing returning id`);
			for (const { id } of added) this.#runs.add(id);
			await this.#tell('runs', batch.length, added.length);
		}
	}

	/** The uid is that of the file, by which it was hashed; the number is whose contact that is here. */
	async recipients(): Promise<void> {
		for await (const batch of this.#reader.read('recipients')) {
			const rows = batch
				.filter(({ run }) => this.#runs.has(run))
				.map((one) => ({ ...one, cno: this.#cnos.get(one.contact ?? '') ?? null }));
			const added =
				rows.length === 0
					? 0
					: await this.#tx.run(sql`
				insert into campaign_recipient(run, place, cno, uid, uid_hash, address, variants, sources, status, status_at, diagnostic, message_id)
				select run, place, cno, contact, coalesce(decode(hash, 'hex'), sha256(convert_to(contact, 'UTF8'))),
					address, array(select jsonb_array_elements_text(variants)::int),
					case when sources is not null then array(select jsonb_array_elements_text(sources)::int) end,
					status, at, diagnostic, "messageId"
				from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(
					run text, place int, cno int, contact text, hash text, address text, variants jsonb, sources jsonb,
					status text, at timestamptz, diagnostic text, "messageId" text)
				on conflict do nothing`);
			await this.#tell('recipients', batch.length, added);
		}
	}

	async #uids(): Promise<ReadonlySet<string>> {
		const reader = new SourceReader(this.#source);
		for await (const _ of reader.read('contacts'));
		return reader.uids;
	}

	/** Those that were there before with a uid, external id or address of these contacts. */
	async #known(batch: readonly PortableContact[]): Promise<Known[]> {
		const identities = batch.map(({ email, externalId }) => ({
			...(email ? { email } : {}),
			...(externalId ? { externalId } : {})
		}));
		const found = [
			...(await contactsWith(
				this.#tx,
				batch.map(({ uid }) => uid)
			)),
			...(await contactsFor(this.#tx, identities, { memberships: true }))
		];
		const before = found.filter(({ cno }) => cno < this.#first);
		return [...new Map(before.map((one) => [one.cno, one])).values()];
	}

	#meet(
		here: Known,
		one: PortableContact,
		known: readonly Known[],
		updated: Map<number, { contact: Contact; change: ContactChange }>
	): void {
		const { then } = this.#plan;
		const { externalId, ...rest } = contactDraft(one);
		const isTaken = known.some((other) => other !== here && other.externalId === externalId);
		const draft = externalId === undefined || isTaken ? rest : { ...rest, externalId };
		const { contact, change } = mergeContact(here.contact!, draft, {
			merging: carefulMerging,
			...{ at: then, source: this.#source.name }
		});
		if (!change) return;
		here.contact = contact;
		updated.set(here.cno, { contact, change });
		this.changed.add(here.cno);
	}

	#entries(of: PortableContact['tags'], cno: number): { id: string; cno: number; at: string }[] {
		const once = new Map(
			of.map((entry) => entryOf(entry, this.#plan.then)).map((e) => [e.id, e.at])
		);
		return [...once].map(([id, at]) => ({ id, cno, at }));
	}

	#ofNew<T extends { readonly contact: string }>(batch: readonly T[]): { one: T; cno: number }[] {
		return batch
			.map((one) => ({ one, cno: this.#cnos.get(one.contact)! }))
			.filter(({ cno }) => cno >= this.#first);
	}

	async #tell(part: Part, taken: number, added: number): Promise<void> {
		this.#done += taken;
		this.added.set(part, (this.added.get(part) ?? 0) + added);
		await this.#plan.tell?.(this.#done);
	}
}
