import type { Circle } from './circles';

/** Between circles that do not meet, and between the lines of one inside another where there is room. */
const gap = 14;

/**
 * Two circles side by side, drawn to scale: their areas, and what they share, are as these numbers. `undefined` where one
 * is empty or both are the same, which cannot be drawn as two. The larger one has radius 1 before it is put into the box.
 */
export function proportionalCircles(
	left: number,
	right: number,
	shared: number,
	box: { readonly width: number; readonly height: number; readonly margin: number }
): readonly [Circle, Circle] | undefined {
	if (left === 0 || right === 0 || (left === right && shared === left)) return;
	const most = Math.max(left, right);
	const [a, b] = [Math.sqrt(left / most), Math.sqrt(right / most)];
	const distance = distanceFor(a, b, (shared / most) * Math.PI);
	const apart = shared === 0 ? gap : 0;

	const wide = Math.max(a, distance + b) + Math.max(a, b - distance);
	const scale = Math.min(
		(box.width - 2 * box.margin - apart) / wide,
		(box.height - 2 * box.margin) / 2
	);
	const start = (box.width - wide * scale - apart) / 2 + Math.max(a, b - distance) * scale;
	const y = box.height / 2;
	return [
		{ x: start, y, r: a * scale },
		{ x: start + distance * scale + apart, y, r: b * scale }
	];
}

/** How far apart the centres are for the circles to share this area, to a millionth of the radius. */
function distanceFor(a: number, b: number, area: number): number {
	const within = Math.abs(a - b);
	const whole = Math.PI * Math.min(a, b) ** 2;
	if (area <= 0) return a + b;
	// One inside the other touches it nowhere.
	if (area >= whole * (1 - 1e-9)) return within * 0.8;
	let [near, far] = [within, a + b];
	while (far - near > 1e-6) {
		const middle = (near + far) / 2;
		if (sharedArea(a, b, middle) > area) near = middle;
		else far = middle;
	}
	return near;
}

/** What two circles share whose lines cross, their centres being this far apart. */
export function sharedArea(a: number, b: number, distance: number): number {
	const half = (r: number, other: number) =>
		Math.acos((distance ** 2 + r ** 2 - other ** 2) / (2 * distance * r));
	const segment = (r: number, angle: number) => r ** 2 * (angle - Math.sin(2 * angle) / 2);
	return segment(a, half(a, b)) + segment(b, half(b, a));
}
