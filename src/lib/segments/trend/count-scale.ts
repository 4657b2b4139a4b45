/** An axis of counts. */
export interface CountScale {
	readonly low: number;
	readonly high: number;
	/** Where it has a line and a number, upwards; the first is `low`, the last `high`. */
	readonly ticks: readonly number[];
}

/** With round, whole numbers, and from nought: unless what changes is so little that it would not be seen. */
export function countScale(values: readonly number[]): CountScale {
	const least = Math.min(...values);
	const most = Math.max(...values);
	const from = least < most && least > most / 2 ? least : 0;
	const step = roundStep((most - from) / 3);
	const low = Math.floor(from / step) * step;
	const count = Math.max(1, Math.ceil((most - low) / step));
	const ticks = Array.from({ length: count + 1 }, (_, i) => low + i * step);
	return { low, high: ticks.at(-1)!, ticks };
}

/** The least of 1, 2, 5, 10, 20, 50 … that is not less. */
function roundStep(least: number): number {
	const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, least))));
	return [1, 2, 5, 10].map((n) => n * power).find((step) => step >= least)!;
}
