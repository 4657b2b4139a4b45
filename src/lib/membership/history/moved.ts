import type { Bitmap } from '$lib/bitmap';
import type { Database } from '$lib/db/db';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { setsOf } from '../evaluate';
import type { MemberCache } from '../members';
import { bitmapOf } from '../read-sets';
import { membersThen, type MembersThen } from './at';
import type { Watched } from './watched';

/**
 * - `entry`: who entered or left by one entry of the log
 * - `then`: who was in a segment at an instant (epoch milliseconds), or will be
 * - `entered`, `left`: who was not in it at an instant and is now, or the reverse; of one to come, who will have entered
 *   or left by then
 */
export type Moved =
	| { readonly type: 'entry'; readonly no: number }
	| { readonly type: 'then' | 'entered' | 'left'; readonly of: Watched; readonly at: number };

/** Those contacts, archived ones too, of numbers below `size`. */
export async function whoMoved(
	database: Database,
	cache: MemberCache,
	moved: Moved,
	{ moment, size }: { moment: Moment; size: number }
): Promise<Bitmap> {
	if (moved.type === 'entry')
		return bitmapOf(
			database,
			sql`select unnest(cnos) as cno from segment_log where no = ${moved.no}::bigint`,
			size
		);
	const { of, at } = moved;
	const turn = await turnOf(database, cache, of, { at, moment });
	return moved.type === 'then' ? turn.then.set : turn[moved.type];
}

/** Who is in a segment at an instant (epoch milliseconds), and who has entered and left between that and now, or will have. */
export async function turnOf(
	database: Database,
	cache: MemberCache,
	of: Watched,
	{ at, moment }: { at: number; moment: Moment }
): Promise<{ then: MembersThen; entered: Bitmap; left: Bitmap }> {
	const [now] = await setsOf([of.rule], await cache.at(moment));
	const then = await membersThen(database, cache, of, { at, moment });
	const [from, to] = at < moment.now ? [then.set, now!] : [now!, then.set];
	return { then, entered: to.minus(from), left: from.minus(to) };
}
