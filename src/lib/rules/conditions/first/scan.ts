import type * as z from 'zod/mini';
import type { Moment } from '$lib/time/moment';
import { whoIn } from '../../mirror/runs';
import type { Scan } from '../../mirror/scan';
import { extremes, whoseResult } from '../../mirror/tally';
import { instantRange } from '../../operators/datetime';
import { stretchOf } from '../../operators/time';
import { findEvents } from '../event/scan';
import type { last } from '../last/last';
import type { first } from './first';

type Chosen = z.infer<typeof first.schema | typeof last.schema>;

/** When the first or last of these events was, answered from their columns. What it was like is the database's to say. */
export function scanEdge(
	{ kind, types, where, window, has = [] }: Chosen,
	moment: Moment
): Scan | undefined {
	if (has.length > 0) return;
	// Among all up to now: the window is asked of the chosen one.
	const found = findEvents({ types, where }, moment);
	const stretch = window && stretchOf(window);
	if (!found || (window && !stretch)) return;
	const range = stretch && instantRange(stretch, moment);
	const end = kind === 'first' ? 'min' : 'max';
	return {
		parts: found.parts,
		way: range ? 'extreme' : 'any',
		run(mirror) {
			const { size } = mirror;
			const runs = found.runs(mirror);
			if (!range) return whoIn(runs, size);
			const { from = -Infinity, to = Infinity } = range;
			const edges = mirror.tallies.of(`${end} at`, runs, size, () =>
				extremes(runs, size, 'at', end)
			);
			return edges && whoseResult(edges, { low: from, high: to - 1, outside: false }, false, size);
		}
	};
}
