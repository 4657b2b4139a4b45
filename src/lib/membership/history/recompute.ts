import { Bitmap } from '$lib/bitmap';
import type { Database } from '$lib/db/db';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { evaluate } from '../evaluate';
import type { MemberCache } from '../members';
import { arrivalsSince } from './arrivals';
import { dayEndsBetween } from './days';
import { replaceMoves } from './log';
import { movesBetween, type Move } from './move';
import type { Watched } from './watched';

const day = 24 * 60 * 60_000;

/**
 * Writes into the log of a segment who entered and left on days before it began to be noted: by the events of then and
 * the fields, tags and lists of today, of contacts that were there. `ondone` hears how many days are done.
 */
export async function recompute(
	database: Database,
	cache: MemberCache,
	{ segment, rule }: Watched,
	{ days, moment, ondone }: { days: number; moment: Moment; ondone: (done: number) => void }
): Promise<void> {
	const start = await beginningOf(database, segment);
	if (!start) return;
	const { began } = start;
	const ends = dayEndsBetween(began - days * day, began, moment.zone, days);
	if (ends.length === 0) return;

	const arrivals = await arrivalsSince(database, ends[0]!);
	const moves: Move[] = [];
	let before: Bitmap | undefined;
	for (const [i, now] of ends.entries()) {
		const members = await cache.at({ ...moment, now });
		const set = (await evaluate(rule, members)).and(members.everyone).minus(arrivals.after(now));
		const how = { segment, at: now };
		if (before) moves.push(...movesBetween(before, set, { ...how, otherwise: 'recomputed' }));
		else if (set.count > 0) moves.push({ ...how, entered: true, cause: 'began', who: set });
		before = set;
		ondone(i + 1);
	}
	const then = Bitmap.of(start.cnos, 32 * before!.words.length);
	moves.push(...movesBetween(before!, then, { segment, at: began, otherwise: 'recomputed' }));
	await replaceMoves(database, segment, moves);
}

/** When a segment began to be noted (epoch milliseconds) and who was in it then; nothing if it was recomputed already. */
async function beginningOf(
	database: Database,
	segment: string
): Promise<{ began: number; cnos: readonly number[] } | undefined> {
	const [row] = await database.rows<{
		began: Date;
		cnos: number[] | null;
		recomputed: boolean;
	}>(sql`
		select began,
			(select cnos from segment_log where segment = ${segment} and cause = 'began' and at = began) as cnos,
			exists (select from segment_log where segment = ${segment} and cause = 'recomputed') as recomputed
		from segment_history where segment = ${segment}`);
	if (!row || row.recomputed) return;
	return { began: row.began.getTime(), cnos: row.cnos ?? [] };
}
