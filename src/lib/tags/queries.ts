import { changeMany, changeOf } from '$lib/contacts/bulk';
import type { Database } from '$lib/db/db';
import { sql } from '$lib/sql';

/** How far a tag is used. */
export interface TagUse {
	readonly id: string;
	/** Contacts that have it; archived ones are not counted. */
	readonly people: number;
	/** When it was first given, ISO 8601. */
	readonly first: string;
}

/** What the worker answers about tags. Their names are in the workspace. */
export function tagsApi(database: Database) {
	return {
		/** Tags that at least one contact has. */
		async tagUses(): Promise<readonly TagUse[]> {
			const rows = await database.rows<{ id: string; people: number; first: Date }>(sql`
				select tag as id, count(*) filter (where archived_at is null)::int as people, min(at) as first
				from contact_tag join contact using (cno) group by tag`);
			return rows.map(({ first, ...row }) => ({ ...row, first: first.toISOString() }));
		},

		/** Takes a tag from everybody; `undoContacts` gives it back. Gives how many had it, archived ones too. */
		async dropTag(write: string, tag: string, now: number): Promise<number> {
			return changeMany(
				database,
				write,
				async () => {
					const [row] = await database.rows<{ cnos: string }>(
						sql`select coalesce(json_agg(cno order by cno), '[]')::text as cnos from contact_tag where tag = ${tag}`
					);
					return JSON.parse(row!.cnos) as number[];
				},
				(cnos) => changeOf({ type: 'remove', from: 'tag', id: tag }, cnos, now),
				() => {}
			);
		}
	};
}
