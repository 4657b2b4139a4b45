import type { Bitmap } from '$lib/bitmap';
import type { Database } from '$lib/db/db';
import type { Moment } from '$lib/time/moment';
import { setsOf } from '../evaluate';
import type { MemberCache } from '../members';
import { arrivalsSince } from './arrivals';
import { beganOf } from './kept-histories';
import { loggedAt } from './log';
import type { Watched } from './watched';

/** Who was in a segment at an instant, or will be. */
export interface MembersThen {
	readonly set: Bitmap;
	/**
	 * `noted`: somebody looked then. `recomputed`: by the events of then, and the fields, tags and lists of today. `ahead`:
	 * if nothing but time passes.
	 */
	readonly how: 'noted' | 'recomputed' | 'ahead';
}

/** The members of a segment at any instant (epoch milliseconds), past or to come. */
export async function membersThen(
	database: Database,
	cache: MemberCache,
	{ segment, rule }: Watched,
	{ at, moment }: { at: number; moment: Moment }
): Promise<MembersThen> {
	const { everyone } = await cache.at(moment);
	const began = await beganOf(database, segment);
	if (at < moment.now && began !== undefined && at >= began) {
		const set = await loggedAt(database, segment, at, 32 * everyone.words.length);
		return { set, how: 'noted' };
	}
	const [set] = await setsOf([rule], await cache.at({ ...moment, now: at }));
	if (at >= moment.now) return { set: set!, how: 'ahead' };
	const arrivals = await arrivalsSince(database, at);
	return { set: set!.minus(arrivals.after(at)), how: 'recomputed' };
}
