/**
 * Circles that overlap, as paths to draw: each region, which is all that lies inside just some of them, is one shape, so
 * that it can be pointed at.
 */

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface Circle extends Point {
	readonly r: number;
}

export interface CircleRegion {
	/** Bit `i` is set if it lies inside the circle at `i`. */
	readonly mask: number;
	/** An SVG path; a region may come in several pieces, or with a hole. */
	readonly path: string;
	/** Where a text has most room. */
	readonly label: Point;
	/** How far that text is from the next line; negative where it does not fit. */
	readonly room: number;
}

/** All regions inside of at least one circle that there are. `half` is half as wide as a text in one is. */
export function circleRegions(circles: readonly Circle[], half: number): CircleRegion[] {
	const arcs = circles.flatMap((_, i) => arcsOf(circles, i));
	return Array.from({ length: (1 << circles.length) - 1 }, (_, i) => i + 1).flatMap((mask) => {
		const border = arcs.flatMap(({ circle, others, from, to, wide }): Side[] => {
			if (others !== (mask & ~(1 << circle))) return [];
			const { r } = circles[circle]!;
			// The region is always at the same hand, so that its sides join head to tail.
			return mask & (1 << circle)
				? [{ from, to, draw: arc(r, wide, 1, to) }]
				: [{ from: to, to: from, draw: arc(r, wide, 0, from) }];
		});
		return border.length === 0
			? []
			: [{ mask, path: joined(border), ...roomiest(circles, mask, half) }];
	});
}

/** A part of a circle's line between two others; `others` are the circles it lies inside of. */
interface Arc {
	readonly circle: number;
	readonly others: number;
	readonly from: Point;
	readonly to: Point;
	/** More than half of the circle. */
	readonly wide: boolean;
}

interface Side {
	readonly from: Point;
	readonly to: Point;
	readonly draw: string;
}

function arcsOf(circles: readonly Circle[], i: number): Arc[] {
	const own = circles[i]!;
	const cuts = circles
		.flatMap((other, j) => (j === i ? [] : cutsOf(own, other)))
		.sort((a, b) => a - b);
	const angles = cuts.length > 0 ? cuts : [0, Math.PI];
	return angles.map((from, at) => {
		const to = angles[at + 1] ?? angles[0]! + 2 * Math.PI;
		const others = maskAt(circles, pointOn(own, (from + to) / 2)) & ~(1 << i);
		const ends = { from: pointOn(own, from), to: pointOn(own, to) };
		return { circle: i, others, ...ends, wide: to - from > Math.PI };
	});
}

/** The angles at which another circle crosses this one. */
function cutsOf(own: Circle, other: Circle): number[] {
	const distance = Math.hypot(other.x - own.x, other.y - own.y);
	if (distance >= own.r + other.r || distance <= Math.abs(own.r - other.r)) return [];
	const towards = Math.atan2(other.y - own.y, other.x - own.x);
	const spread = Math.acos((own.r ** 2 + distance ** 2 - other.r ** 2) / (2 * own.r * distance));
	const turn = 2 * Math.PI;
	return [towards - spread, towards + spread].map((angle) => (angle + turn) % turn);
}

function joined(sides: readonly Side[]): string {
	const left = [...sides];
	let path = '';
	for (let first = left.pop(); first; first = left.pop()) {
		path += `M${at(first.from)}${first.draw}`;
		for (let end = first.to; !same(end, first.from);) {
			const next = left.findIndex(({ from }) => same(from, end));
			if (next < 0) break; // lines that only touch
			const [side] = left.splice(next, 1);
			path += side!.draw;
			end = side!.to;
		}
		path += 'Z';
	}
	return path;
}

/** The point whose text, `half` wide at either side, is farthest from every line: the best of a grid, then of a finer one. */
function roomiest(circles: readonly Circle[], mask: number, half: number) {
	const inside = circles.filter((_, i) => mask & (1 << i));
	const { x, y, r } = inside.reduce((a, b) => (b.r < a.r ? b : a));
	const coarse = best({ x, y }, r);
	return best(coarse.label, r / steps);

	function best(around: Point, reach: number) {
		let found = { label: around, room: -Infinity };
		for (let dx = -steps; dx <= steps; dx++)
			for (let dy = -steps; dy <= steps; dy++) {
				const label = { x: around.x + (dx * reach) / steps, y: around.y + (dy * reach) / steps };
				const room = roomAt(label);
				if (room > found.room) found = { label, room };
			}
		return found;
	}

	function roomAt(label: Point): number {
		if (maskAt(circles, label) !== mask) return -Infinity;
		const ends = [label, { ...label, x: label.x - half }, { ...label, x: label.x + half }];
		return Math.min(
			...ends.map((end) => (maskAt(circles, end) === mask ? 1 : -1) * nearest(circles, end))
		);
	}
}

/** Of a grid, from its middle to its sides. */
const steps = 16;

const nearest = (circles: readonly Circle[], point: Point): number =>
	Math.min(...circles.map((circle) => Math.abs(away(circle, point) - circle.r)));

const maskAt = (circles: readonly Circle[], point: Point): number =>
	circles.reduce((mask, circle, i) => (away(circle, point) < circle.r ? mask | (1 << i) : mask), 0);

const away = (from: Point, to: Point): number => Math.hypot(to.x - from.x, to.y - from.y);
const same = (a: Point, b: Point): boolean => away(a, b) < 0.01;
const pointOn = ({ x, y, r }: Circle, angle: number): Point => ({
	x: x + r * Math.cos(angle),
	y: y + r * Math.sin(angle)
});
const at = ({ x, y }: Point): string => `${x.toFixed(2)} ${y.toFixed(2)}`;
const arc = (r: number, wide: boolean, sweep: 0 | 1, to: Point): string =>
	`A${r} ${r} 0 ${wide ? 1 : 0} ${sweep} ${at(to)}`;
