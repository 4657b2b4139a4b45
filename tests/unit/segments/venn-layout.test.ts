import { expect, test } from 'vitest';
import { vennLayout } from '../../../src/routes/segments/overlap/venn-layout';

const layout = (...counts: number[]) =>
	vennLayout(counts.length === 3 ? 2 : 3, (mask) => counts[mask - 1]!);
const masks = ({ regions }: { regions: readonly { mask: number }[] }) =>
	regions.map(({ mask }) => mask);

test('two circles are drawn to scale where every number has room', () => {
	expect(layout(300, 400, 200).toScale).toBe(true);
	// Nobody in both, or all of one in the other: there is no such region then.
	const apart = layout(300, 400, 0);
	expect([apart.toScale, masks(apart)]).toEqual([true, [1, 2]]);
	const inside = layout(300, 0, 200);
	expect([inside.toScale, masks(inside)]).toEqual([true, [1, 3]]);
});

test('otherwise all regions are there, each with room for its number', () => {
	for (const { regions, toScale } of [
		layout(2, 12_500, 15),
		layout(0, 0, 10),
		layout(0, 0, 0),
		layout(1_000_000, 1, 999_999),
		layout(1, 2, 3, 4, 5, 6, 1_000)
	]) {
		expect(toScale).toBe(false);
		expect(regions.length === 3 || regions.length === 7).toBe(true);
		for (const { room } of regions) expect(room).toBeGreaterThan(0);
	}
});
