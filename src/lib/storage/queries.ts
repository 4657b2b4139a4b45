import type { Queryable } from '$lib/db/db';
import { sql, type Sql } from '$lib/sql';

/** How many there are, and the bytes they take with their indexes and what is noted of them. */
export interface Size {
	readonly count: number;
	readonly bytes: number;
}

export interface DatabaseSizes {
	readonly contacts: Size;
	readonly events: Size;
	/** Bytes of all tables, the database's own too. */
	readonly whole: number;
}

/** What the worker answers about the room that contacts take. */
export function storageApi(database: Queryable) {
	return {
		async storageSizes(): Promise<DatabaseSizes> {
			const [row] = await database.rows<{
				contacts: number;
				events: number;
				contact_bytes: number;
				event_bytes: number;
				whole: number;
			}>(sql`
				select (select count(*) from contact)::float8 as contacts,
					(select count(*) from event)::float8 as events,
					${bytesOf(['contact', 'contact_tag', 'list_member', 'field_change', 'suppression'])} as contact_bytes,
					${bytesOf(['event', 'event_property', 'event_type', 'ref'])} as event_bytes,
					pg_database_size(current_database())::float8 as whole`);
			const { contacts, events, contact_bytes, event_bytes, whole } = row!;
			return {
				contacts: { count: contacts, bytes: contact_bytes },
				events: { count: events, bytes: event_bytes },
				whole
			};
		}
	};
}

const bytesOf = (tables: readonly string[]): Sql =>
	sql`(select sum(pg_total_relation_size(name::regclass)) from unnest(${tables}::text[]) as name)::float8`;
