/** The people who are in some segments and in none of some others; both by id. */
export interface Region {
	readonly inside: readonly string[];
	readonly outside: readonly string[];
}

/** Ids in an address: `a,b`. What they have of their own commas is escaped. */
export const idsText = (ids: readonly string[]): string => ids.map(encodeURIComponent).join(',');

/** Each once, in their order; whatever does not read is left out. */
export const readIds = (text: string | undefined): readonly string[] => [
	...new Set((text ?? '').split(',').flatMap((part) => decoded(part) || []))
];

/** A region in an address: `a,b;c`. */
export const regionText = ({ inside, outside }: Region): string =>
	`${idsText(inside)};${idsText(outside)}`;

/** `undefined` for what names no segment. */
export function readRegion(text: string | undefined): Region | undefined {
	const [inside, outside] = (text ?? '').split(';').map(readIds);
	return inside && outside && inside.length + outside.length > 0 ? { inside, outside } : undefined;
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return '';
	}
}
