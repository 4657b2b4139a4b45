import type { Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';
import { contactOf, type Contact, type ContactRow } from './contact';

/** A tag or a list a contact is in, and since when (ISO 8601). */
export interface Since {
	readonly id: string;
	readonly at: string;
}

/** An import that brought or changed a contact. */
export interface ImportOfContact {
	readonly id: string;
	readonly file: string;
	/** ISO 8601 */
	readonly at: string;
	readonly created: boolean;
	readonly undone: boolean;
}

/** All that a contact's own page shows, but for its events. */
export interface ContactProfile {
	readonly contact: Contact;
	readonly tags: readonly Since[];
	readonly lists: readonly Since[];
	/** Newest first. */
	readonly imports: readonly ImportOfContact[];
}

/** A contact by its number or uid, archived ones too. */
export async function profileOf(
	database: Queryable,
	key: number | string
): Promise<ContactProfile | undefined> {
	const is = typeof key === 'number' ? sql`cno = ${key}::int` : sql`uid = ${key}`;
	const [found] = await database.rows<{ row: ContactRow }>(
		sql`select to_jsonb(contact) as row from contact where ${is}`
	);
	if (!found) return;
	const contact = contactOf(found.row);
	const tags = await database.rows<Dated>(
		sql`select tag as id, at from contact_tag where cno = ${contact.cno}::int order by at, tag`
	);
	const lists = await database.rows<Dated>(
		sql`select list as id, at from list_member where cno = ${contact.cno}::int order by at, list`
	);
	const imports = await database.rows<Dated & Pick<ImportOfContact, 'file' | 'created' | 'undone'>>(
		sql`select id, file, at, created, undone_at is not null as undone
			from import_contact join import_run on import_run.id = import where cno = ${contact.cno}::int order by at desc`
	);
	return { contact, tags: tags.map(iso), lists: lists.map(iso), imports: imports.map(iso) };
}

interface Dated {
	readonly id: string;
	readonly at: Date;
}

const iso = <D extends Dated>(row: D) => ({ ...row, at: row.at.toISOString() });
