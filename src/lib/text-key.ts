/** Whether a database can hold it, and so anybody have it: Postgres knows no NUL, and UTF-8 no half of a pair. */
export const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);

/**
 * What text is compared by, everywhere: NFC, trimmed, lower case code point by code point, NFC again; accents
 * matter. Made here and stored beside the value, since engines and servers disagree on `lower()`.
 * `''` means that there is no value.
 */
export function textKey(text: string): string {
	// For plain ASCII this is all there is to it, and most values are plain ASCII.
	if (/^[\x20-\x7e]*$/.test(text)) return text.trim().toLowerCase();
	const trimmed = text.normalize('NFC').trim();
	// Of all letters only a capital sigma becomes something else by what stands around it.
	const lower = trimmed.includes('Σ')
		? Array.from(trimmed, (c) => c.toLowerCase()).join('')
		: trimmed.toLowerCase();
	return lower.normalize('NFC');
}
