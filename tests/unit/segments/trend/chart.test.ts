import { describe, expect, it } from 'vitest';
import type { TrendDay } from '$lib/membership/history/trend';
import { chartOf, sizeLine } from '$lib/segments/trend/chart';
import { countScale } from '$lib/segments/trend/count-scale';
import { slotAt, slotX, stepLine, valueY } from '$lib/segments/trend/plot';
import { shownDays } from '$lib/segments/trend/shown-days';

const plot = { left: 20, top: 10, width: 100, height: 50, slots: 10 };

describe('a scale of counts', () => {
	it('has round ticks that hold all values, from nought', () => {
		expect(countScale([9, 30, 17])).toEqual({ low: 0, high: 30, ticks: [0, 10, 20, 30] });
		expect(countScale([120, 260])).toEqual({ low: 0, high: 300, ticks: [0, 100, 200, 300] });
	});

	it('does not begin at nought where the change would not be seen', () => {
		const { low, high } = countScale([4145, 4257]);
		expect({ low, high }).toEqual({ low: 4100, high: 4300 });
	});

	it('has whole numbers and two ends, whatever the values', () => {
		for (const values of [[0], [1], [0, 1], [2, 2], [999_999, 1_000_001], [7, 7, 7]]) {
			const { low, high, ticks } = countScale(values);
			expect(ticks.every(Number.isInteger)).toBe(true);
			expect(low).toBeLessThan(high);
			expect(low).toBeLessThanOrEqual(Math.min(...values));
			expect(high).toBeGreaterThanOrEqual(Math.max(...values));
			expect(ticks.length).toBeLessThanOrEqual(5);
		}
	});
});

describe('a plot of days', () => {
	it('finds the slot that begins at a place, and the nearest outside', () => {
		for (let slot = 0; slot < plot.slots; slot++)
			expect(slotAt(plot, slotX(plot, slot) + 1)).toBe(slot);
		expect(slotAt(plot, -5)).toBe(0);
		expect(slotAt(plot, 500)).toBe(9);
	});

	it('has the greatest value at its top and the least at its bottom', () => {
		const scale = { low: 5, high: 15 };
		expect([15, 10, 5].map((value) => valueY(plot, scale, value))).toEqual([10, 35, 60]);
	});

	it('draws steps as wide as a day', () => {
		expect(stepLine(plot, 2, [60, 35])).toBe('M40,60H50V35H60');
		expect(stepLine(plot, 2, [])).toBe('');
	});
});

describe('a chart', () => {
	const day = (n: number, size: number, recomputed = false): TrendDay => ({
		...{ day: `2026-06-${String(n).padStart(2, '0')}`, size, recomputed },
		...{ entered: 2, left: 1 }
	});
	const known = [day(10, 4, true), day(11, 6), day(12, 6)];

	it('has a slot for every day up to the last, known or not', () => {
		const days = shownDays(known, 5);
		expect(days.map(({ day, known }) => [day, known?.size])).toEqual([
			['2026-06-08', undefined],
			['2026-06-09', undefined],
			['2026-06-10', 4],
			['2026-06-11', 6],
			['2026-06-12', 6]
		]);
		expect(shownDays(known, 2).map(({ known }) => known?.size)).toEqual([6, 6]);
		expect(shownDays([], 5)).toEqual([]);
	});

	it('tells the days that were noted from those before', () => {
		const days = shownDays(known, 5);
		const chart = chartOf(days, '2026-06-11', 400);
		expect(chart).toMatchObject({ first: 2, noted: 3, most: 2 });
		const { line, area } = sizeLine(chart, days, chart.noted, days.length);
		const { left, width } = chart.sizes;
		expect(line).toBe(`M${left + (width * 3) / 5},8H${left + (width * 4) / 5}V8H${left + width}`);
		expect(area).toBe(`${line}V140H${left + (width * 3) / 5}Z`);
		expect(sizeLine(chart, days, 0, 0).area).toBe('');
	});

	it('has all days as noted where noting began before them', () => {
		expect(chartOf(shownDays(known, 2), '2025-01-01', 400)).toMatchObject({ first: 0, noted: 0 });
	});
});
