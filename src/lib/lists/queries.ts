import { changeMany, changeOf } from '$lib/contacts/bulk';
import type { Database } from '$lib/db/db';
import { sql } from '$lib/sql';

/** How far a list is used. */
export interface ListUse {
	readonly id: string;
	/** Contacts in it; archived ones are not counted. */
	readonly people: number;
	/** When somebody last joined, ISO 8601. */
	readonly latest: string;
}

/** What the worker answers about lists. Their names are in the workspace. */
export function listsApi(database: Database) {
	return {
		/** Lists that at least one contact is in. */
		async listUses(): Promise<readonly ListUse[]> {
			const rows = await database.rows<{ id: string; people: number; latest: Date }>(sql`
				select list as id, count(*) filter (where archived_at is null)::int as people, max(at) as latest
				from list_member join contact using (cno) group by list`);
			return rows.map(({ latest, ...row }) => ({ ...row, latest: latest.toISOString() }));
		},

		/** Takes everybody out of a list; `undoContacts` puts them back. Gives how many were in it, archived ones too. */
		async dropList(write: string, list: string, now: number): Promise<number> {
			return changeMany(
				database,
				write,
				async () => {
					const [row] = await database.rows<{ cnos: string }>(
						sql`select coalesce(json_agg(cno order by cno), '[]')::text as cnos from list_member where list = ${list}`
					);
					return JSON.parse(row!.cnos) as number[];
				},
				(cnos) => changeOf({ type: 'remove', from: 'list', id: list }, cnos, now),
				() => {}
			);
		}
	};
}
