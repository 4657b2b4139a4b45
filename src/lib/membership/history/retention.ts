import type { Database } from '$lib/db/db';
import { sql } from '$lib/sql';
import { addMonths, dayAt, startOfDay } from '$lib/time/zone';
import type { Moment } from '$lib/time/moment';
import { loggedAt, logMoves } from './log';

/** Where a log kept for so many months begins, in epoch milliseconds: at the start of a local day. */
export const keptSince = (months: number, { now, zone }: Moment): number =>
	startOfDay(addMonths(dayAt(now, zone), -months), zone);

/**
 * Forgets what was noted before an instant (epoch milliseconds): of each segment one entry stays, of who was in it then.
 * Nothing stays of a segment that nobody has looked at since. `size` is above every number of a contact. Gives the
 * segments of which anything was forgotten.
 */
export async function forgetBefore(
	database: Database,
	since: number,
	size: number
): Promise<readonly string[]> {
	const before = sql`${new Date(since)}`;
	const gone = await database.transaction(async (tx) => {
		await tx.run(sql`
			delete from segment_log using segment_history as history
			where history.segment = segment_log.segment and looked < ${before}`);
		return tx.rows<{ segment: string }>(
			sql`delete from segment_history where looked < ${before} returning segment`
		);
	});
	const due = await database.rows<{ segment: string }>(
		sql`select distinct segment from segment_log where at < ${before} and cause <> 'began'`
	);
	for (const { segment } of due) {
		await database.transaction(async (tx) => {
			const who = await loggedAt(tx, segment, since - 1, size);
			await tx.run(sql`delete from segment_log where segment = ${segment} and at < ${before}`);
			if (who.count > 0)
				await logMoves(tx, [{ segment, at: since, entered: true, cause: 'began', who }]);
			await tx.run(
				sql`update segment_history set began = greatest(began, ${before}) where segment = ${segment}`
			);
		});
	}
	return [...gone, ...due].map(({ segment }) => segment);
}
