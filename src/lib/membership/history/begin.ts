import type { Bitmap } from '$lib/bitmap';
import type { Queryable } from '$lib/db/db';
import type { History } from './kept-histories';
import { loggedAt, loggedSince } from './log';
import type { Move } from './move';
import type { Digested } from './watched';

/** How the history of a segment begins. */
export interface Begun {
	readonly segment: string;
	readonly history: History;
	readonly moves: readonly Move[];
}

/**
 * How the histories of these segments begin, with their members now: with all of them, or with what the log of one that a
 * workspace file brought comes to, which goes on. `now` is in epoch milliseconds; `version` is the data's.
 */
export async function begunHistories(
	database: Queryable,
	fresh: readonly Digested[],
	sets: readonly Bitmap[],
	{ now, version }: { now: number; version: number }
): Promise<Begun[]> {
	const since = await loggedSince(database);
	const begun: Begun[] = [];
	for (const [i, { segment, digest }] of fresh.entries()) {
		const set = sets[i]!;
		const began = since.get(segment);
		const members =
			began === undefined ? set : await loggedAt(database, segment, now, 32 * set.words.length);
		const moves: Move[] =
			began === undefined && members.count > 0
				? [{ segment, at: now, entered: true, cause: 'began', who: members }]
				: [];
		const at = { began: began ?? now, looked: now, kept: now };
		begun.push({ segment, history: { ...at, version, rule: digest, members }, moves });
	}
	return begun;
}
