import type { Queryable } from '$lib/db/db';
import { forgetInLog } from '$lib/membership/history/log';
import { sql } from '$lib/sql';
import { saidBy, suppressAddresses } from '$lib/suppressions/bounced';
import { refusedBy, suppressUnsubscribed } from '$lib/suppressions/unsubscribed';
import type { SuppressionReason } from '$lib/workspace/suppressions';
import { retireNumber } from './number';

/** What a contact has, and what goes with it. */
export interface ContactTraces {
	readonly events: number;
	/** Imports that keep what they brought or changed of it. */
	readonly imports: number;
	/** Why its address is suppressed once it is erased; nothing where it is not. */
	readonly suppressed: readonly SuppressionReason[];
}

export async function tracesOf(database: Queryable, cno: number): Promise<ContactTraces> {
	const [found] = await database.rows<Omit<ContactTraces, 'suppressed'>>(sql`
		select (select count(*) from event where cno = ${cno}::int)::int as events,
			(select count(*) from import_contact where cno = ${cno}::int)::int as imports`);
	const suppressed = await database.rows<{ reason: SuppressionReason }>(sql`
		select reason from suppression join contact on contact.email_key = suppression.address
		where channel = 'email' and cno = ${cno}::int
		union select reason from (${saidBy(sql`event.cno = ${cno}::int`)}) as said
		union select 'unsubscribed' from (${refusedBy(sql`contact.cno = ${cno}::int`)}) as said
		order by reason`);
	return { ...found!, suppressed: suppressed.map(({ reason }) => reason) };
}

/**
 * Deletes a contact with all that is kept about it, also where an import or Undo would bring it back from. Gives whether
 * it was there. Addresses that nothing may be sent to stay, also where only its events or its consent say so.
 */
export async function eraseContact(tx: Queryable, uid: string): Promise<boolean> {
	await suppressAddresses(tx, sql`event.cno = (select cno from contact where uid = ${uid})`);
	await suppressUnsubscribed(tx, sql`contact.uid = ${uid}`);
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
	// Where it got a campaign the row stays, by whose hash alone the audience can still be verified.
	await tx.run(sql`
		update campaign_recipient set cno = null, uid = null, address = null, sources = null, diagnostic = null, message_id = null
		where ${cno}`);
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
