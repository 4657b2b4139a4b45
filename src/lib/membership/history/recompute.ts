import type { Bitmap } from '$lib/bitmap';
import type { Database } from '$lib/db/db';
import { pause } from '$lib/pause';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { setsOf } from '../evaluate';
import type { MemberCache } from '../members';
import { arrivalsSince } from './arrivals';
import { dayEndsBetween } from './days';
import { beganOf } from './kept-histories';
import { isBeginning, loggedAtBeginning, logMoves } from './log';
import { movesBetween, type Move } from './move';
import type { Watched } from './watched';

const day = 24 * 60 * 60_000;

type Ondone = (done: number, total: number) => boolean;

/** Moves on days before a segment began to be noted. */
export interface Recomputed {
	/** When it began, in epoch milliseconds. */
	readonly began: number;
	readonly moves: readonly Move[];
	/** Who was in it when the last of those days ended. */
	readonly last: Bitmap;
}

/**
 * Works out who entered and left on so many days before a segment began to be noted, but none before `since` (epoch
 * milliseconds): by the events of then and the fields, tags and lists of today, of contacts that were there. `ondone`
 * hears how many days of all are done, and says whether to go on. Nothing if there are none, or it was stopped.
 */
export async function recompute(
	database: Database,
	cache: MemberCache,
	{ segment, rule }: Watched,
	{ days, since, moment, ondone }: { days: number; since: number; moment: Moment; ondone: Ondone }
): Promise<Recomputed | undefined> {
	const began = await beganOf(database, segment);
	if (began === undefined) return;
	const first = Math.max(began - days * day, since);
	const ends = dayEndsBetween(first, began, moment.zone, days);
	if (ends.length === 0) return;

	const arrivals = await arrivalsSince(database, ends[0]!);
	const moves: Move[] = [];
	let last: Bitmap | undefined;
	for (const [i, now] of ends.entries()) {
		const [all] = await setsOf([rule], await cache.at({ ...moment, now }));
		const set = all!.minus(arrivals.after(now));
		const how = { segment, at: now };
		if (last) moves.push(...movesBetween(last, set, { ...how, otherwise: 'recomputed' }));
		else if (set.count > 0) moves.push({ ...how, entered: true, cause: 'began', who: set });
		last = set;
		await pause(0); // lets messages in, such as that it is not wanted any more
		if (!ondone(i + 1, ends.length)) return;
	}
	return { began, moves, last: last! };
}

/** Puts what was worked out before what was noted, in place of what stood there; unless that begins later by now. */
export async function putBefore(
	database: Database,
	segment: string,
	{ began, moves, last }: Recomputed
): Promise<void> {
	await database.transaction(async (tx) => {
		if ((await beganOf(tx, segment)) !== began) return;
		const then = await loggedAtBeginning(tx, segment, 32 * last.words.length);
		const how = { segment, at: began, otherwise: 'recomputed' } as const;
		await tx.run(sql`delete from segment_log where segment = ${segment} and ${isBeginning}`);
		await logMoves(tx, [...moves, ...movesBetween(last, then, how)]);
	});
}
