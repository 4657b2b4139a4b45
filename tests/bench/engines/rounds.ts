import type { BenchEngine, EngineName } from './engine';
import { median } from '../percentile';
import { segmentIds, segments, variants, type SegmentId } from './segments';

/** One segment as all engines answered it. */
export interface Compared {
	readonly segment: SegmentId;
	/** How many are in it, by its first variant. */
	readonly count: number;
	/** Milliseconds of every round. */
	readonly ms: Readonly<Partial<Record<EngineName, readonly number[]>>>;
}

/**
 * Asks all engines in turn, segment by segment and round by round, so that what else the machine does falls on all of
 * them alike. A round before the first is not measured. Every round has other numbers in its questions. Throws where two
 * engines answer differently.
 */
export async function compare(
	engines: readonly BenchEngine[],
	rounds: number
): Promise<readonly Compared[]> {
	if (rounds >= variants)
		throw new Error(`No more than ${variants - 1} rounds ask different things.`);
	const found = segmentIds.map((segment) => ({
		segment,
		count: 0,
		ms: Object.fromEntries(engines.map(({ name }) => [name, [] as number[]]))
	}));
	for (let round = 0; round <= rounds; round++)
		for (const one of found) {
			const counts = new Map<EngineName, number>();
			for (const engine of engines) {
				const { count, ms } = await engine.count(one.segment, round);
				counts.set(engine.name, count);
				if (round > 0) one.ms[engine.name]!.push(ms);
			}
			const count = agreed(segments[one.segment].what, counts);
			if (round === 0) one.count = count;
		}
	return found;
}

/** The count that all have; throws where they differ. */
export function agreed(what: string, counts: ReadonlyMap<string, number>): number {
	const [first, ...others] = new Set(counts.values());
	if (first === undefined || others.length > 0)
		throw new Error(
			`${what}: ${[...counts].map(([name, count]) => `${name} counts ${count}`).join(', ')}.`
		);
	return first;
}

/** How many times faster Winnow is than another, segment by segment, by medians. */
export const ratios = (compared: readonly Compared[], other: EngineName): number[] =>
	compared.map(({ ms }) => median(ms[other] ?? []) / median(ms.Winnow ?? []));
