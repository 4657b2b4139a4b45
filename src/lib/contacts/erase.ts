import type { Queryable } from '$lib/db/db';
import { forgetInLog } from '$lib/membership/history/log';
import { sql } from '$lib/sql';
import { retireNumber } from './number';

/** What a contact has, and what goes with it. */
export interface ContactTraces {
	readonly events: number;
	/** Imports that keep what they brought or changed of it. */
	readonly imports: number;
}

export async function tracesOf(database: Queryable, cno: number): Promise<ContactTraces> {
	const [found] = await database.rows<ContactTraces>(sql`
		select (select count(*) from event where cno = ${cno}::int)::int as events,
			(select count(*) from import_contact where cno = ${cno}::int)::int as imports`);
	return found!;
}

/**
 * Deletes a contact with all that is kept about it, also where an import or Undo would bring it back from. Gives whether
 * it was there. Addresses that nothing may be sent to stay.
 */
export async function eraseContact(tx: Queryable, uid: string): Promise<boolean> {
	const [found] = await tx.rows<{ cno: number }>(
		sql`delete from contact where uid = ${uid} returning cno`
	);
	if (!found) return false;
	const cno = sql`cno = ${found.cno}::int`;
	await tx.run(
		sql`delete from event_property using event where event_property.event = event.no and ${cno}`
	);
	for (const table of tables) await tx.run(sql`delete from ${table} where ${cno}`);
	await forgetInLog(tx, [found.cno]);
	await retireNumber(tx, found.cno);
	// What edits gave back, for an Undo that is offered for seconds only.
	await tx.run(sql`delete from applied where at < now() - interval '1 minute'`);
	return true;
}

const tables = [
	sql`event`,
	sql`contact_tag`,
	sql`list_member`,
	sql`field_change`,
	sql`import_contact`
];
