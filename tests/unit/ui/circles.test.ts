import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circleRegions, type Circle } from '$lib/ui/circles';
import { proportionalCircles, sharedArea } from '$lib/ui/proportional';

const two: Circle[] = [
	{ x: 100, y: 100, r: 60 },
	{ x: 160, y: 100, r: 60 }
];
const three: Circle[] = [...two, { x: 130, y: 150, r: 60 }];
const masks = (circles: readonly Circle[]) => circleRegions(circles, 5).map(({ mask }) => mask);

/** The area of a path of arcs, by walking along it. */
function areaOf(path: string): number {
	let area = 0;
	for (const piece of path.split('Z').filter(Boolean)) {
		const [start, ...arcs] = piece.slice(1).split('A');
		let [x, y] = start!.split(' ').map(Number) as [number, number];
		for (const text of arcs) {
			const [r, , , wide, sweep, toX, toY] = text.split(' ').map(Number) as number[];
			area += (x * toY! - toX! * y) / 2;
			const chord = Math.hypot(toX! - x, toY! - y);
			const narrow = 2 * Math.asin(Math.min(1, chord / 2 / r!));
			const angle = wide ? 2 * Math.PI - narrow : narrow;
			area += ((sweep ? 1 : -1) * r! ** 2 * (angle - Math.sin(angle))) / 2;
			[x, y] = [toX!, toY!];
		}
	}
	return area;
}

describe('the regions of circles', () => {
	it('are all there are where each crosses each', () => {
		expect(masks(two)).toEqual([1, 2, 3]);
		expect(masks(three)).toEqual([1, 2, 3, 4, 5, 6, 7]);
	});

	it('lack the middle where circles are apart, and the rest of one inside another', () => {
		expect(masks([two[0]!, { x: 300, y: 100, r: 60 }])).toEqual([1, 2]);
		expect(masks([two[0]!, { x: 105, y: 100, r: 20 }])).toEqual([1, 3]);
	});

	it('cover each circle exactly', () => {
		for (const circles of [two, three, [two[0]!, { x: 105, y: 100, r: 20 }]]) {
			const regions = circleRegions(circles, 5);
			for (const [i, { r }] of circles.entries()) {
				const parts = regions.filter(({ mask }) => mask & (1 << i));
				const sum = parts.reduce((area, { path }) => area + areaOf(path), 0);
				expect(sum / (Math.PI * r ** 2)).toBeCloseTo(1, 2);
			}
		}
	});

	it('have their text inside, and say where it does not fit', () => {
		for (const { mask, label } of circleRegions(three, 5))
			for (const [i, { x, y, r }] of three.entries())
				expect(Math.hypot(label.x - x, label.y - y) < r).toBe(Boolean(mask & (1 << i)));
		const [, , both] = circleRegions(two, 100);
		expect(both!.room).toBeLessThan(0);
	});
});

describe('circles to scale', () => {
	const box = { width: 480, height: 300, margin: 20 };
	const size = fc.integer({ min: 1, max: 100_000 });

	it('have the areas of the numbers and of what is shared, inside the box', () => {
		fc.assert(
			fc.property(size, size, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (a, b, part) => {
				const shared = Math.min(a, b) * part;
				const [left, right] = proportionalCircles(a, b, shared, box)!;
				expect(left.r ** 2 / right.r ** 2 / (a / b)).toBeCloseTo(1, 6);
				const lens = sharedArea(left.r, right.r, right.x - left.x);
				const scale = (Math.PI * Math.max(left.r, right.r) ** 2) / Math.max(a, b);
				expect(Math.abs(lens / scale - shared) / Math.max(a, b)).toBeLessThan(1e-4);
				for (const { x, y, r } of [left, right]) {
					expect(x - r).toBeGreaterThan(19.9);
					expect(x + r).toBeLessThan(460.1);
					expect(y - r).toBeGreaterThan(19.9);
				}
			}),
			{ seed: 7 }
		);
	});

	it('do not touch where nothing is shared, or all of one', () => {
		expect(circleRegions(proportionalCircles(40, 30, 0, box)!, 5).map(({ mask }) => mask)).toEqual([
			1, 2
		]);
		expect(circleRegions(proportionalCircles(40, 10, 10, box)!, 5).map(({ mask }) => mask)).toEqual(
			[1, 3]
		);
	});

	it('are not drawn of nobody, and not twice of the same', () => {
		expect(proportionalCircles(0, 10, 0, box)).toBeUndefined();
		expect(proportionalCircles(10, 10, 10, box)).toBeUndefined();
	});
});
