import type { Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';
import { contactOf, type Contact, type ContactRow } from './contact';

/** A contact as the table shows it. */
export interface ListedContact extends Contact {
	/** Ids, in the order they were given. */
	readonly tags: readonly string[];
	readonly lists: readonly string[];
}

/** The contacts with these numbers, in the same order; those that are gone are left out. */
export async function listedContacts(
	database: Queryable,
	cnos: readonly number[]
): Promise<ListedContact[]> {
	const rows = await database.rows<{ row: ContactRow; tags: string[]; lists: string[] }>(sql`
		select to_jsonb(contact) as row,
			array(select tag from contact_tag where contact_tag.cno = contact.cno order by at, tag) as tags,
			array(select list from list_member where list_member.cno = contact.cno order by at, list) as lists
		from contact where cno = any(${cnos}::int[])`);
	const known = new Map(
		rows.map(({ row, tags, lists }) => [row.cno, { ...contactOf(row), tags, lists }])
	);
	return cnos.flatMap((cno) => known.get(cno) ?? []);
}
