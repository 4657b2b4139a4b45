import type { Database, Queryable } from '$lib/db/db';
import { turn } from '$lib/exports/run-files';
import type { IdentifiedEvent } from '$lib/imports/events/event-merge';
import { EventWriter, knownEventIds } from '$lib/imports/events/queries';
import { sql } from '$lib/sql';
import { textKey } from '$lib/text-key';

/** Events written at once: some tenths of a second, after which other questions get their turn. */
const slice = 10_000;

/** Says that a frozen audience was handed over, slice by slice: what was stopped in the midst goes on when asked again. */
export async function markSent(
	database: Database,
	write: string,
	run: string,
	now: number,
	tell: (done: number, total: number) => void
): Promise<number> {
	const [found] = await database.rows<{ ref: string; how: string; reach: number }>(
		sql`select ref, how, reach from campaign_run where id = ${run}`
	);
	if (!found) return 0;
	const { ref, how, reach } = found;
	let added = 0;
	for (let from = 0; from < reach; from += slice) {
		added += await database.write(`${write} ${from}`, async (tx) => {
			// A mail server takes them one by one, and those it has not taken are not sent.
			if (how !== 'smtp') await setSent(tx, run, from, now);
			return addEvents(tx, run, ref, from);
		});
		tell(Math.min(reach, from + slice), reach);
		await turn();
	}
	await database.write(write, async (tx) => {
		await tx.run(sql`update campaign_run set state = 'sent' where id = ${run}`);
	});
	return added;
}

const setSent = (tx: Queryable, run: string, from: number, now: number): Promise<number> =>
	tx.run(sql`
		update campaign_recipient set status = 'sent', status_at = ${new Date(now)}
		where run = ${run} and place >= ${from}::int and place < ${from + slice}::int and status = 'frozen'`);

/** Their ids are of the run and the contact, so that each is there once. */
async function addEvents(tx: Queryable, run: string, ref: string, from: number): Promise<number> {
	const sent = await tx.rows<{ uid: string; cno: number; at: Date; message: string | null }>(sql`
		select uid, cno, status_at as at, message_id as message
		from campaign_recipient join contact using (cno, uid)
		where run = ${run} and place >= ${from}::int and place < ${from + slice}::int and status = 'sent'
		order by place`);
	const events = sent.map(({ uid, cno, at, message }): IdentifiedEvent => {
		const given = { channel: 'email', ...(message === null ? {} : { message }) };
		return {
			...{ id: `sent ${run} ${uid}`, cno, type: 'email_sent', at: at.toISOString() },
			...{ ref, value: undefined, properties: given },
			keys: message === null ? given : { ...given, message: textKey(message) }
		};
	});
	const known = await knownEventIds(
		tx,
		events.map(({ id }) => id)
	);
	const added = events.filter(({ id }) => !known.has(id));
	await new EventWriter().add(tx, added);
	return added.length;
}
