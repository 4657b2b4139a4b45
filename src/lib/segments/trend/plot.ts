/** A part of a chart of days: each has a slot of the same width, from the left. In pixels. */
export interface Plot {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
	readonly slots: number;
}

/** Where a slot begins; that of `slots` is the plot's right edge. */
export const slotX = ({ left, width, slots }: Plot, slot: number): number =>
	left + (slot / slots) * width;

/** The slot at a place, the first or last one if that is outside. */
export function slotAt({ left, width, slots }: Plot, x: number): number {
	const slot = Math.floor(((x - left) / width) * slots);
	return Math.min(slots - 1, Math.max(0, slot));
}

/** How far down a value is. */
export const valueY = (
	{ top, height }: Plot,
	{ low, high }: { readonly low: number; readonly high: number },
	value: number
): number => top + height * (1 - (value - low) / (high - low));

/** A line that keeps each height for its slot; the first is that of slot `first`. Nothing for no heights. */
export function stepLine(plot: Plot, first: number, heights: readonly number[]): string {
	if (heights.length === 0) return '';
	const [begin, ...rest] = heights.map((y, i) => {
		const [from, to] = [first + i, first + i + 1].map((slot) => rounded(slotX(plot, slot)));
		return { from, to, y: rounded(y) };
	});
	const steps = rest.map(({ to, y }) => `V${y}H${to}`);
	return `M${begin!.from},${begin!.y}H${begin!.to}${steps.join('')}`;
}

const rounded = (pixels: number): number => Math.round(pixels * 10) / 10;
