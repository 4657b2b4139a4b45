import { sql } from '$lib/sql';
import type { Queryable, Session } from './db';
import { touchEverything } from './touched';

/** The tables whose triggers note changed contacts. */
const noted = [sql`contact`, sql`contact_tag`, sql`list_member`, sql`event`, sql`suppression`];

/** Bulk work inside a transaction, with the noting of single contacts switched off. */
export async function unnoted<T>(tx: Queryable, work: (tx: Queryable) => Promise<T>): Promise<T> {
	for (const table of noted) await tx.run(sql`alter table ${table} disable trigger user`);
	const answer = await work(tx);
	for (const table of noted) await tx.run(sql`alter table ${table} enable trigger user`);
	await touchEverything(tx);
	return answer;
}

/**
 * After bulk work. Nobody else does it: PGlite has no autovacuum, and without it the indexes alone cannot answer. Of
 * contacts only what an index is about is looked at: the rest is never planned by, and takes ten times as long.
 */
export async function tidy(session: Session): Promise<void> {
	await session.run(
		sql`vacuum (analyze) contact(cno, uid, external_id, email_key, country_key, email_consent)`
	);
	await session.run(sql`vacuum (analyze) contact_tag`);
	await session.run(sql`vacuum (analyze) list_member`);
	await session.run(sql`vacuum (analyze) event`);
	await session.run(sql`vacuum (analyze) event_property(event)`);
	await session.run(sql`vacuum (analyze) ref`);
	await session.run(sql`vacuum (analyze) import_contact(import, cno)`);
	await session.run(sql`vacuum (analyze) touched`);
	await session.run(sql`vacuum (analyze) dirty`);
}
