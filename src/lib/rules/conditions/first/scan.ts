import type { Moment } from '$lib/time/moment';
import { edgesIn, whoIn, whoOf } from '../../mirror/runs';
import type { Scan } from '../../mirror/scan';
import { inRange, instantRange } from '../../operators/datetime';
import { stretchOf } from '../../operators/time';
import type { Window } from '../../operators/window';
import type { Events } from '../event/matching';
import { findEvents } from '../event/scan';

/** When the first or last of these events was, answered from their columns. What it was like is the database's to say. */
export function scanEdge(
	end: 'first' | 'last',
	{ types, where }: Events,
	window: Window | undefined,
	moment: Moment
): Scan | undefined {
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
			const edges = edgesIn(runs, end, size);
			return whoOf(runs, size, (n) => inRange(range, edges[n]!));
		}
	};
}
