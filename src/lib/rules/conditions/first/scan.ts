import type * as z from 'zod/mini';
import type { Moment } from '$lib/time/moment';
import { edgesIn, whoIn, whoOf } from '../../mirror/runs';
import type { Scan } from '../../mirror/scan';
import { inRange, instantRange } from '../../operators/datetime';
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
	return {
		parts: found.parts,
		run(mirror) {
			const { size } = mirror;
			const runs = found.runs(mirror);
			if (!range) return whoIn(runs, size);
			const edges = edgesIn(runs, kind, size);
			return whoOf(runs, size, (n) => inRange(range, edges[n]!));
		}
	};
}
