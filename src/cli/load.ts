import type { Session } from '$lib/db/db';
import { tidy, unnoted } from '$lib/db/noted';
import { loadPeople } from '$lib/portable/load';
import type { Definitions } from '$lib/rules/definitions';
import { sql } from '$lib/sql';
import type { SourceOnDisk } from './source';

/**
 * Puts a workspace's contacts and events in place of those there, unless they are there already. What the schema does
 * not say, such as when a tag was given, counts as of `then` (ISO 8601). Throws `BadSource` at the first wrong row.
 */
export async function load(
	session: Session,
	source: SourceOnDisk,
	definitions: Definitions,
	then: string
): Promise<void> {
	await session.script('create table if not exists loaded (digest text not null)');
	const [last] = await session.rows<{ digest: string }>(sql`select digest from loaded`);
	if (last?.digest === source.digest) return;
	await session.transaction(async (tx) => {
		await tx.run(sql`
			truncate contact, contact_tag, list_member, event, event_property, event_type, ref, suppression, field_change,
				segment_log, segment_history, import_run, import_contact, import_event, dirty, loaded`);
		await unnoted(tx, () => loadPeople(tx, source, { definitions, then }));
		await tx.run(sql`insert into loaded values (${source.digest})`);
	});
	await tidy(session);
}
