import type { Bitmap } from '$lib/bitmap';
import type { Database } from '$lib/db/db';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { evaluate } from '../evaluate';
import type { MemberCache } from '../members';
import { bitmapOf } from '../read-sets';
import { membersThen } from './at';
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
	const { set } = await membersThen(database, cache, of, { at, moment });
	if (moved.type === 'then') return set;
	const members = await cache.at(moment);
	const now = await evaluate(of.rule, members);
	const [from, to] = at < moment.now ? [set, now] : [now, set];
	return moved.type === 'entered' ? to.minus(from) : from.minus(to);
}
