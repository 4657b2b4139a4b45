/**
 * Numbers as people read them, in the browser's language. A minus is a real minus sign, a share keeps
 * a narrow gap before its percent sign.
 */

const counts = new Intl.NumberFormat();
const tenths = new Intl.NumberFormat(undefined, {
	minimumFractionDigits: 1,
	maximumFractionDigits: 1
});

/** `61948` → "61,948", `-614` → "−614". */
export function formatCount(count: number): string {
	return minus(count) + counts.format(Math.abs(count));
}

/** A change, with its sign: `112` → "+112", `-614` → "−614", `0` → "±0". */
export function formatChange(change: number): string {
	if (change === 0) return '±0';
	return change > 0 ? `+${counts.format(change)}` : formatCount(change);
}

/** A part of one: `0.354` → "35 %", `0.069` → "6.9 %", `0.0002` → "< 0.1 %"; of nothing: `NaN` → "–". */
export function formatShare(share: number): string {
	const percent = share * 100;
	if (Number.isNaN(percent)) return '–';
	if (percent === 0) return '0\u202f%';
	if (percent < 0.1) return `<\u202f${tenths.format(0.1)}\u202f%`;
	// 99.97 must not read as everyone.
	if (percent > 99 && percent < 100) return `${tenths.format(Math.min(percent, 99.9))}\u202f%`;
	return `${percent < 9.95 ? tenths.format(percent) : counts.format(Math.round(percent))}\u202f%`;
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A size in bytes: `71_303_168` → "71 MB". */
export function formatBytes(bytes: number): string {
	const power = bytes < 1 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
	const value = bytes / 1000 ** power;
	return new Intl.NumberFormat(undefined, {
		style: 'unit',
		unit: units[power] ?? 'byte',
		unitDisplay: power === 0 ? 'long' : 'short',
		maximumFractionDigits: value < 10 && power > 0 ? 1 : 0
	}).format(value);
}

function minus(value: number): string {
	return value < 0 ? '−' : '';
}
