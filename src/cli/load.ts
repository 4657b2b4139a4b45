import type * as z from 'zod/mini';
import type { Queryable, Session } from '$lib/db/db';
import { tidy, unnoted } from '$lib/db/noted';
import { contactLine, copyContacts, escaped } from '$lib/imports/contacts/copy-line';
import {
	copyEvents,
	copyProperties,
	copyRefs,
	eventLine,
	propertiesLine,
	refLine
} from '$lib/imports/events/copy-line';
import { contactOf, entryOf, eventOf, PortableContact, PortableEvent } from '$lib/portable/people';
import type { Definitions } from '$lib/rules/definitions';
import { sql, type Sql } from '$lib/sql';
import { BadSource, type Found, type Source } from './source';

/** Characters of COPY's text sent at a time. */
const slice = 8 << 20;

/**
 * Puts a workspace's contacts and events in place of those there, unless they are there already. What the schema does
 * not say, such as when a tag was given, counts as of `then` (ISO 8601). Throws `BadSource` at the first wrong row.
 */
export async function load(
	session: Session,
	source: Source,
	definitions: Definitions,
	then: string
): Promise<void> {
	await session.script('create table if not exists loaded (digest text not null)');
	const [last] = await session.rows<{ digest: string }>(sql`select digest from loaded`);
	if (last?.digest === source.digest) return;
	await session.transaction(async (tx) => {
		await tx.run(sql`
			truncate contact, contact_tag, list_member, event, event_property, event_type, ref, suppression, field_change,
				segment_move, import_run, import_contact, import_event, dirty, loaded`);
		await unnoted(tx, async () => {
			const cnos = await loadContacts(tx, source, definitions, then);
			await loadEvents(tx, source, definitions, cnos);
		});
		await tx.run(sql`insert into loaded values (${source.digest})`);
	});
	await tidy(session);
}

async function loadContacts(
	tx: Queryable,
	source: Source,
	{ fields }: Definitions,
	then: string
): Promise<Map<string, number>> {
	const cnos = new Map<string, number>();
	const externalIds = new Set<string>();
	const contact = new Copy(tx, copyContacts);
	const tag = new Copy(tx, sql`copy contact_tag(tag, cno, at) from '/dev/blob'`);
	const list = new Copy(tx, sql`copy list_member(list, cno, at) from '/dev/blob'`);
	for await (const found of source.contacts()) {
		const portable = read(PortableContact, found);
		const { uid, externalId } = portable;
		if (cnos.has(uid)) throw new BadSource(`${found.at}: another contact has the uid "${uid}".`);
		if (externalId && externalIds.has(externalId))
			throw new BadSource(`${found.at}: another contact has the externalId "${externalId}".`);
		if (externalId) externalIds.add(externalId);
		const cno = cnos.size;
		cnos.set(uid, cno);
		await contact.add(contactLine(contactOf(portable, cno), fields));
		for (const [copy, entries] of [
			[tag, portable.tags],
			[list, portable.lists]
		] as const) {
			const once = new Map(entries.map((entry) => entryOf(entry, then)).map((e) => [e.id, e.at]));
			for (const [id, at] of once) await copy.add(`${escaped(id)}\t${cno}\t${at}\n`);
		}
	}
	for (const copy of [contact, tag, list]) await copy.end();
	return cnos;
}

async function loadEvents(
	tx: Queryable,
	source: Source,
	{ eventTypes }: Definitions,
	cnos: ReadonlyMap<string, number>
): Promise<void> {
	const types = new Map<string, number>();
	const refs = new Map<string, number>();
	const ids = new Set<string>();
	const refCopy = new Copy(tx, copyRefs);
	const eventCopy = new Copy(tx, copyEvents);
	const propertyCopy = new Copy(tx, copyProperties);
	const numbered = (known: Map<string, number>, id: string) => {
		const no = known.get(id) ?? known.size + 1;
		return known.set(id, no) && no;
	};
	for await (const found of source.events()) {
		const portable = read(PortableEvent, found);
		const cno = cnos.get(portable.contact);
		if (cno === undefined)
			throw new BadSource(`${found.at}: there is no contact with the uid "${portable.contact}".`);
		if (ids.has(portable.id)) continue; // the same event again changes nothing
		ids.add(portable.id);
		const { ref, ref_key, properties, keys, ...row } = eventOf(portable, cno, eventTypes);
		const no = ids.size;
		if (ref !== null && !refs.has(ref))
			await refCopy.add(refLine(numbered(refs, ref), ref, ref_key!));
		const numbers = {
			no,
			type: numbered(types, row.type),
			ref: ref === null ? undefined : numbered(refs, ref)
		};
		await eventCopy.add(eventLine({ ...row, ...numbers }));
		if (properties) await propertyCopy.add(propertiesLine(no, properties, keys ?? {}));
	}
	for (const copy of [refCopy, eventCopy, propertyCopy]) await copy.end();
	for (const [id, no] of types)
		await tx.run(sql`insert into event_type(no, id) values (${no}, ${id})`);
}

/** Lines on their way into a table. */
class Copy {
	readonly #tx: Queryable;
	readonly #statement: Sql;
	#lines: string[] = [];
	#size = 0;

	constructor(tx: Queryable, statement: Sql) {
		this.#tx = tx;
		this.#statement = statement;
	}

	async add(line: string): Promise<void> {
		this.#lines.push(line);
		this.#size += line.length;
		if (this.#size >= slice) await this.end();
	}

	async end(): Promise<void> {
		if (this.#lines.length === 0) return;
		const blob = new Blob(this.#lines);
		this.#lines = [];
		this.#size = 0;
		await this.#tx.copyIn(this.#statement, blob);
	}
}

function read<T>(schema: z.ZodMiniType<T>, { at, value }: Found): T {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw new BadSource(`${at}: ${issue!.path.join('.') || 'this'}: ${issue!.message}.`);
}
