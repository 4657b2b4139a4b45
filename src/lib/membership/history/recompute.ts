import { Bitmap } from '$lib/bitmap';
import type { Database } from '$lib/db/db';
import { pause } from '$lib/pause';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { evaluate } from '../evaluate';
import type { MemberCache } from '../members';
import { arrivalsSince } from './arrivals';
import { dayEndsBetween } from './days';
import { beganOf } from './kept-histories';
import { replaceMoves } from './log';
import { movesBetween, withMoves, type Move } from './move';
import type { Watched } from './watched';

const day = 24 * 60 * 60_000;

type Ondone = (done: number, total: number) => boolean;

/**
 * Writes into the log of a segment who entered and left on days before it began to be noted: by the events of then and
 * the fields, tags and lists of today, of contacts that were there. `ondone` hears how many days of all are done, and
 * says whether to go on.
 */
export async function recompute(
	database: Database,
	cache: MemberCache,
	{ segment, rule }: Watched,
	{ days, moment, ondone }: { days: number; moment: Moment; ondone: Ondone }
): Promise<void> {
	const began = await beganOf(database, segment);
	if (began === undefined) return;
	const ends = dayEndsBetween(began - days * day, began, moment.zone, days);
	if (ends.length === 0) return;

	const arrivals = await arrivalsSince(database, ends[0]!);
	const moves: Move[] = [];
	let before: Bitmap | undefined;
	for (const [i, now] of ends.entries()) {
		const members = await cache.at({ ...moment, now });
		const set = (await evaluate(rule, members)).minus(arrivals.after(now));
		const how = { segment, at: now };
		if (before) moves.push(...movesBetween(before, set, { ...how, otherwise: 'recomputed' }));
		else if (set.count > 0) moves.push({ ...how, entered: true, cause: 'began', who: set });
		before = set;
		await pause(0); // lets messages in, such as that it is not wanted any more
		if (!ondone(i + 1, ends.length)) return;
	}
	const then = await membersAtBeginning(database, segment, 32 * before!.words.length);
	moves.push(...movesBetween(before!, then, { segment, at: began, otherwise: 'recomputed' }));
	await replaceMoves(database, segment, moves);
}

/** Who was in a segment when it began to be noted, whether days before that are known or not. */
async function membersAtBeginning(
	database: Database,
	segment: string,
	size: number
): Promise<Bitmap> {
	const rows = await database.rows<{ entered: boolean; cnos: number[] }>(sql`
		select entered, cnos from segment_log
		where segment = ${segment} and cause in ('began', 'recomputed') order by at, no`);
	return withMoves(
		Bitmap.of([], size),
		rows.map(({ entered, cnos }) => ({ entered, who: Bitmap.of(cnos, size) }))
	);
}
