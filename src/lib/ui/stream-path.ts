/** Where a row stands on the rail, in pixels from its top. */
export interface RailRow {
	readonly top: number;
	readonly height: number;
}

/** A stream is never thinner than this, or the last people could not be seen. */
export const thinnest = 3;

/**
 * The outline of a rail that narrows towards its right edge: in each row it swings over from the width
 * of the row before and then runs straight.
 *
 * @param shares one for each row, from 0 to 1
 * @param width of the whole, where the share is 1
 */
export function streamPath(
	rows: readonly RailRow[],
	shares: readonly number[],
	width: number
): string {
	const [first] = rows;
	if (first === undefined) return '';
	const edge = (index: number) => round(width - railWidth(shares[index] ?? 0, width));
	let path = `M${width} ${round(first.top)}L${edge(0)} ${round(first.top)}`;
	rows.forEach((row, index) => {
		if (index > 0) {
			const end = row.top + swing(row.height);
			const middle = round((row.top + end) / 2);
			path += `L${edge(index - 1)} ${round(row.top)}`;
			path += `C${edge(index - 1)} ${middle} ${edge(index)} ${middle} ${edge(index)} ${round(end)}`;
		}
		path += `L${edge(index)} ${round(row.top + row.height)}`;
	});
	const last = rows[rows.length - 1] ?? first;
	return `${path}L${width} ${round(last.top + last.height)}Z`;
}

/** The width of a share, linear, at least `thinnest`. */
export function railWidth(share: number, width: number): number {
	return Math.max(thinnest, Math.min(1, Math.max(0, share)) * width);
}

function swing(height: number): number {
	return Math.min(48, height * 0.64);
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
