import type { Comparable, Keyed } from './value';

/**
 * A value that compares as this one does, in the form that values are stored in: what it was made from, but for what
 * comparing overlooks. `instant` tells a datetime from a number. Nothing where there is no value.
 */
export function rawOf(value: Comparable | null, instant: boolean): unknown {
	if (value === null) return undefined;
	if (instant && typeof value === 'number') return new Date(value).toISOString();
	return isKeyed(value) ? jsonOf(value) : value;
}

const isKeyed = (value: Comparable): value is Keyed =>
	typeof value === 'object' && !Array.isArray(value);

/** JSON in all its forms; a text that reads as a number or a truth is one again. */
function jsonOf({ text, number, boolean, items, in: parts }: Keyed): unknown {
	if (text !== undefined) return text;
	if (parts === undefined) return number ?? boolean;
	const entries = Object.entries(parts).map(([key, part]) => [key, jsonOf(part)] as const);
	return items === undefined
		? Object.fromEntries(entries)
		: Array.from({ length: items }, (_, place) => parts[place] && jsonOf(parts[place]));
}
