import { circleRegions, type Circle, type CircleRegion } from '$lib/ui/circles';
import { formatCount } from '$lib/ui/number';
import { proportionalCircles } from '$lib/ui/proportional';

/** What circles are drawn in, in the units of their drawing. */
export const frame = { width: 480, height: 360 };

/** How wide a digit is at most, in the same units. */
const digit = 11;
/** How far a number must be from the next line. */
const leastRoom = 9;

const even: Readonly<Record<number, readonly Circle[]>> = {
	2: [
		{ x: 175, y: 170, r: 125 },
		{ x: 305, y: 170, r: 125 }
	],
	3: [
		{ x: 177, y: 128, r: 115 },
		{ x: 303, y: 128, r: 115 },
		{ x: 240, y: 237, r: 115 }
	]
};

/**
 * Two or three circles and where the numbers of their regions stand. Two are drawn to scale, if then every number of
 * somebody has room; otherwise all regions are there, empty ones too.
 */
export function vennLayout(
	circles: number,
	countOf: (mask: number) => number
): { readonly regions: readonly CircleRegion[]; readonly toScale: boolean } {
	const masks = Array.from({ length: (1 << circles) - 1 }, (_, i) => i + 1);
	const longest = Math.max(...masks.map((mask) => formatCount(countOf(mask)).length));
	const half = (longest * digit) / 2;

	if (circles === 2) {
		const both = countOf(3);
		const box = { ...frame, margin: 34 };
		const scaled = proportionalCircles(countOf(1) + both, countOf(2) + both, both, box);
		const regions = scaled && circleRegions(scaled, half);
		const roomy = masks.every(
			(mask) =>
				countOf(mask) === 0 ||
				regions?.some((region) => region.mask === mask && region.room >= leastRoom)
		);
		if (regions && roomy) return { regions, toScale: true };
	}
	return { regions: circleRegions(even[circles] ?? [], half), toScale: false };
}
