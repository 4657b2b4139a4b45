import { expect, test } from 'vitest';
import {
	depthOf,
	mostRows,
	readRegionSort,
	shownRegions,
	sortRegions
} from '../../../src/routes/segments/overlap/region-rows';

const region = (mask: number, count: number) => ({
	mask,
	count,
	region: { inside: [], outside: [] }
});
const masks = (regions: readonly { mask: number }[]) => regions.map(({ mask }) => mask);

test('regions come by size, or by how many segments they lie in and then by size', () => {
	const regions = [region(0b001, 5), region(0b111, 1), region(0b010, 9), region(0b110, 3)];
	expect(masks(sortRegions(regions, readRegionSort(undefined)))).toEqual([2, 1, 6, 7]);
	expect(masks(sortRegions(regions, readRegionSort('contacts')))).toEqual([7, 6, 1, 2]);
	expect(masks(sortRegions(regions, readRegionSort('segments')))).toEqual([2, 1, 6, 7]);
	expect(masks(sortRegions(regions, readRegionSort('-segments')))).toEqual([7, 6, 2, 1]);
	expect(readRegionSort('name')).toEqual({ by: 'contacts', descending: true });
	expect([0, 1, 0b1011, 0xfff].map(depthOf)).toEqual([0, 1, 3, 12]);
});

test('of very many regions the largest are shown, and always the chosen one', () => {
	const regions = Array.from({ length: 100 }, (_, i) => region(i + 1, i + 1));
	expect(masks(shownRegions(regions, undefined))).toEqual(masks(regions.slice(100 - mostRows)));
	expect(masks(shownRegions(regions, 3))[0]).toBe(3);
	expect(shownRegions(regions.slice(0, mostRows), undefined)).toHaveLength(mostRows);
});
