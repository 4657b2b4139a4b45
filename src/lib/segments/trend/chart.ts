import type { Day } from '$lib/time/zone';
import { countScale, type CountScale } from './count-scale';
import { slotX, stepLine, valueY, type Plot } from './plot';
import type { ShownDay } from './shown-days';

/** A chart of sizes, and below it of who entered and left, day by day. In pixels. */
export interface TrendChart {
	readonly sizes: Plot;
	readonly scale: CountScale;
	/** Who entered goes up from its middle, who left goes down. */
	readonly flows: Plot;
	/** The end of both ways from the middle of `flows`. */
	readonly most: number;
	/** The slots of the first day that is known, and of the first that was noted; the last day is always known. */
	readonly first: number;
	readonly noted: number;
}

export const chartHeight = 226;
/** A figure of the axes is so wide. */
const digit = 7;

/** `days` has at least one that is known; `noted` is the first day that was noted. */
export function chartOf(days: readonly ShownDay[], noted: Day, width: number): TrendChart {
	const known = days.flatMap(({ known }) => known ?? []);
	const scale = countScale(known.map(({ size }) => size));
	const most = Math.max(1, ...known.flatMap(({ entered, left }) => [entered, left]));
	const longest = Math.max(...[...scale.ticks, -most].map((n) => n.toLocaleString().length));
	const left = digit * longest + 8;
	const across = { left, width: Math.max(1, width - left - 1), slots: days.length };
	return {
		...{ scale, most },
		sizes: { ...across, top: 8, height: 132 },
		flows: { ...across, top: 154, height: 48 },
		first: days.findIndex(({ known }) => known),
		noted: days.findIndex(({ day, known }) => known && day >= noted)
	};
}

/** The line of the sizes of the days in the slots from one to before another, and what is below it. */
export function sizeLine(
	{ sizes, scale }: TrendChart,
	days: readonly ShownDay[],
	from: number,
	to: number
): { readonly line: string; readonly area: string } {
	const known = days.slice(from, to).flatMap(({ known }) => known ?? []);
	const line = stepLine(
		sizes,
		from,
		known.map(({ size }) => valueY(sizes, scale, size))
	);
	const bottom = sizes.top + sizes.height;
	return { line, area: line && `${line}V${bottom}H${slotX(sizes, from)}Z` };
}
