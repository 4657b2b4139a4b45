import type { CountedRegion } from '$lib/segments/overlap.svelte';

export interface RegionSort {
	readonly by: 'contacts' | 'segments';
	readonly descending: boolean;
}

/** More rows than this are shown only when asked for. */
export const mostRows = 40;

/** How many segments a region lies in. */
export function depthOf(mask: number): number {
	let depth = 0;
	for (let rest = mask; rest !== 0; rest &= rest - 1) depth++;
	return depth;
}

/** The largest of them, and the one that is chosen. */
export function shownRegions(
	regions: readonly CountedRegion[],
	chosen: number | undefined
): readonly CountedRegion[] {
	const largest = new Set(sortRegions(regions, bySize).slice(0, mostRows));
	return regions.filter((region) => largest.has(region) || region.mask === chosen);
}

/** Sorts; the larger one first where that leaves it open. */
export function sortRegions(
	regions: readonly CountedRegion[],
	{ by, descending }: RegionSort
): readonly CountedRegion[] {
	const sign = descending ? -1 : 1;
	return [...regions].sort(
		(a, b) =>
			sign * (by === 'contacts' ? a.count - b.count : depthOf(a.mask) - depthOf(b.mask)) ||
			b.count - a.count ||
			a.mask - b.mask
	);
}

/** `segments`, `-contacts` and the like, as the address has it. The largest come first. */
export function readRegionSort(text: string | undefined): RegionSort {
	const by = text?.replace(/^-/, '');
	return by === 'contacts' || by === 'segments'
		? { by, descending: text!.startsWith('-') }
		: bySize;
}

const bySize: RegionSort = { by: 'contacts', descending: true };
