import { contactOf, type ContactRow } from '$lib/contacts/contact';
import type { Queryable } from '$lib/db/db';
import { builtInEventTypes, type EventProperty } from '$lib/events/event-type';
import { familyOf, standardFields } from '$lib/fields/field';
import type { Comparable } from '$lib/fields/value';
import { rawOf } from '$lib/fields/raw';
import type { Person } from '$lib/rules/person';
import { sql, type Sql } from '$lib/sql';
import { mostEvents } from './most-events';

export interface KnownPerson {
	readonly person: Person;
	/** There are more events than were read, which are the latest: what the person says of rules may be wrong. */
	readonly truncated: boolean;
}

/**
 * All that rules can ask of a contact, archived or not; nothing where there is none. `datetimes` are the custom fields
 * that rules take for instants: the log keeps those as numbers, and does not tell them from other numbers.
 */
export async function personOf(
	database: Queryable,
	cno: number,
	datetimes: ReadonlySet<string>,
	most = mostEvents
): Promise<KnownPerson | undefined> {
	const [found] = await database.rows<{ row: ContactRow }>(
		sql`select to_jsonb(contact) as row from contact where cno = ${cno}::int`
	);
	if (!found) return;
	const { uid, values, archivedAt } = contactOf(found.row);
	const tags = await dated(database, sql`select tag as id, at from contact_tag`, cno);
	const lists = await dated(database, sql`select list as id, at from list_member`, cno);
	const events = await eventsOf(database, cno, most);
	const person: Person = {
		uid,
		archived: archivedAt !== undefined,
		fields: values,
		tags: tags.map(({ id }) => id),
		taggedAt: new Map(tags.map(({ id, at }) => [id, at])),
		lists,
		events: events.slice(-most),
		suppressions: await suppressionsOf(database, cno),
		changes: await changesOf(database, cno, datetimes),
		moves: await movesOf(database, cno)
	};
	return { person, truncated: events.length > most };
}

async function dated(database: Queryable, select: Sql, cno: number) {
	const rows = await database.rows<{ id: string; at: Date }>(
		sql`${select} where cno = ${cno}::int order by at, id`
	);
	return rows.map(({ id, at }) => ({ id, at: at.getTime() }));
}

interface EventRead {
	readonly type: string;
	readonly at: Date;
	readonly value: number | null;
	readonly ref: string | null;
	readonly properties: Readonly<Record<string, unknown>> | null;
}

/** The latest, in the order of their numbers; one more than asked for where there are more. */
async function eventsOf(database: Queryable, cno: number, most: number) {
	const rows = await database.rows<EventRead>(sql`
		select type, at, value, ref, properties from (
			select event.no, event_type.id as type, event.at, event.value, ref.text as ref, properties
			from event
			join event_type on event_type.no = event.type
			left join ref on ref.no = event.ref
			left join event_property on event_property.event = event.no
			where event.cno = ${cno}::int
			order by event.at desc, event.no desc limit ${most + 1}::int
		) as latest order by no`);
	return rows.map(({ type, at, value, ref, properties }) => ({
		type,
		at: at.getTime(),
		properties: {
			...properties,
			...named(type, 'value', value),
			...named(type, 'ref', ref)
		}
	}));
}

const typesByName = new Map(builtInEventTypes.map((type) => [type.id, type]));

/** What a column keeps, by the name of its property; only types that Winnow knows by itself have such. */
function named(type: string, column: EventProperty['column'], value: string | number | null) {
	const property = typesByName.get(type)?.properties.find((one) => one.column === column);
	return property && value !== null ? { [property.id]: value } : {};
}

async function suppressionsOf(database: Queryable, cno: number): Promise<Person['suppressions']> {
	const rows = await database.rows<{ reason: string; at: Date }>(sql`
		select reason, at from suppression join contact on contact.email_key = suppression.address
		where channel = 'email' and cno = ${cno}::int order by at, reason`);
	return rows.map(({ reason, at }) => ({ reason, at: at.getTime() }));
}

const standardInstants = standardFields
	.filter(({ type }) => familyOf(type) === 'datetime')
	.map(({ id }) => id);

async function changesOf(
	database: Queryable,
	cno: number,
	datetimes: ReadonlySet<string>
): Promise<Person['changes']> {
	const instants = new Set<string>([...standardInstants, ...datetimes]);
	const rows = await database.rows<{
		field: string;
		at: Date;
		before: Comparable | null;
		after: Comparable | null;
	}>(
		sql`select field, at, before, after from field_change where cno = ${cno}::int order by at, field`
	);
	return rows.map(({ field, at, before, after }) => ({
		field,
		at: at.getTime(),
		before: rawOf(before, instants.has(field)),
		after: rawOf(after, instants.has(field))
	}));
}

/** The segments that they entered and left, in order of time. */
async function movesOf(database: Queryable, cno: number): Promise<Person['moves']> {
	const rows = await database.rows<{
		segment: string;
		entered: boolean;
		at: Date;
		began: boolean;
	}>(
		sql`select segment, entered, at, cause = 'began' as began from segment_log where ${cno}::int = any(cnos) order by at, no`
	);
	return rows.map(({ at, ...move }) => ({ ...move, at: at.getTime() }));
}
